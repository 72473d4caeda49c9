"""Previews of campaigns: asked for, counted a batch at a time, and kept with the edition they are of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from answerback.storage.audience_filters import members_query
from answerback.storage.audiences import Audience
from answerback.storage.campaign_recipients import Recipient, placed
from answerback.storage.connection import Connection, Database

SILENT_SECONDS = 15
"""Whoever counted and said nothing for so long has died."""


class Placed(Recipient, frozen=True):
    """A member and the number they would be texted from."""

    number_id: int


class KeptPreview(msgspec.Struct, frozen=True):
    """`result` once it is done, as JSON."""

    edition: int
    state: Literal["asked", "running", "done", "failed"]
    total: int
    reached: int
    result: dict[str, object] | None


async def ask_preview(connection: Connection, campaign_id: int, edition: int) -> None:
    """Anew, whatever was counted before."""
    await connection.execute(
        """
        insert into campaign_preview (campaign_id, edition, state) values ($1, $2, 'asked')
        on conflict (campaign_id) do update
        set edition = excluded.edition, state = 'asked', total = 0, reached = 0, touched_at = now(), result = null
        """,
        campaign_id,
        edition,
    )


async def read_preview(database: Database, campaign_id: int) -> KeptPreview | None:
    row = await database.fetchrow(
        "select edition, state, total, reached, result from campaign_preview where campaign_id = $1", campaign_id
    )
    return KeptPreview(**row) if row else None


async def claim_preview(database: Database) -> int | None:
    """A campaign whose preview nobody counts."""
    claimed: int | None = await database.fetchval(
        """
        update campaign_preview set state = 'running', reached = 0, touched_at = now()
        where campaign_id = (
            select campaign_id from campaign_preview
            where state = 'asked' or (state = 'running' and touched_at < now() - make_interval(secs => $1))
            order by campaign_id limit 1 for update skip locked)
        returning campaign_id
        """,
        SILENT_SECONDS,
    )
    return claimed


async def note_progress(database: Database, campaign_id: int, reached: int, total: int) -> bool:
    """False: it was asked for anew meanwhile, or the campaign is gone."""
    done = await database.execute(
        """
        update campaign_preview set reached = $2, total = $3, touched_at = now()
        where campaign_id = $1 and state = 'running'
        """,
        campaign_id,
        reached,
        total,
    )
    return bool(done == "UPDATE 1")


async def keep_result(database: Database, campaign_id: int, state: str, result: dict[str, object] | None) -> None:
    await database.execute(
        "update campaign_preview set state = $2, result = $3, touched_at = now()"
        " where campaign_id = $1 and state = 'running'",
        campaign_id,
        state,
        result,
    )


async def members_after(
    database: Database, audience: Audience, number_ids: list[int], *, after: int, limit: int
) -> list[Placed]:
    query, given = members_query(audience)
    at = len(given)
    rows = await database.fetch(
        f"""
        select m.place, m.phone, m.locale, m."values", {placed(f"${at + 1}")} as number_id from ({query}) as m
        where m.place > ${at + 2} order by m.place limit ${at + 3}
        """,
        *given,
        number_ids,
        after,
        limit,
    )
    return [Placed(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Since:
    """How far back what the gate asks goes: who wrote, and who was texted unasked (None: that is not asked)."""

    wrote: datetime
    texted: datetime | None


async def read_likenesses(
    database: Database, members: Sequence[Placed], since: Since
) -> list[tuple[str | None, str, str | None]]:
    """Of each member, in their order: what those have in common whom the gate cannot tell apart but by where they are
    (None: it has to be asked for this very one), and name and language of their contact."""
    rows = await database.fetch(
        "select * from alike_recipients($1, $2, $3, $4)",
        [one.number_id for one in members],
        [one.phone for one in members],
        since.wrote,
        since.texted,
    )
    return [(alike, name, language) for alike, name, language in rows]
