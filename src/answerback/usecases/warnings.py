"""What people should mend before texts are lost: failed checks of providers and numbers, caps that are nearly used."""

from datetime import UTC, datetime
from typing import Literal

import msgspec

from answerback.domain.sending.caps import Cap, ends
from answerback.storage.connection import Pool
from answerback.storage.number_standing import caps_of, read_all_caps
from answerback.storage.numbers import list_capped
from answerback.storage.upkeep import list_failing
from answerback.usecases.number_upkeep import TEXTS_ARRIVE


class Warned(msgspec.Struct, frozen=True):
    """`sentence` is what was seen and `way_out` what to do. `number_id` is null where it is the whole account's.

    `callback`: a number's texts go elsewhere, which pointing them here again mends; `check`: another failed check;
    `cap`: from 80 % of a cap on.
    """

    kind: Literal["callback", "check", "cap"]
    provider_account_id: int
    number_id: int | None
    sentence: str
    way_out: str


async def list_warnings(pool: Pool) -> list[Warned]:
    """The oldest finding first, then the caps."""
    async with pool.acquire() as connection:
        failing = await list_failing(connection)
        numbers = await list_capped(connection)
        most = {one.id: caps_of(one.daily_cap, one.weekly_cap, one.monthly_cap) for one in numbers}
        now = datetime.now(UTC)
        caps = await read_all_caps(connection, most, now) if most else {}
    found = [
        Warned(
            "callback" if one.name == TEXTS_ARRIVE else "check",
            one.provider_account_id,
            one.number_id,
            one.evidence if one.name == TEXTS_ARRIVE else f"{one.name}: {one.evidence}",
            one.fix,
        )
        for one in failing
    ]
    near = [
        Warned("cap", one.provider_account_id, one.id, _nearly(cap), _until(cap, now))
        for one in numbers
        for cap in caps.get(one.id, ())
        if cap.is_near
    ]
    return found + near


def _nearly(cap: Cap) -> str:
    share = round(100 * (cap.used + cap.waiting) / cap.most)
    waiting = f", {cap.waiting:,} of them waiting" if cap.waiting else ""
    return f"{share} % of this {cap.period.value}'s {cap.most:,} parts are used{waiting}."


def _until(cap: Cap, now: datetime) -> str:
    ends_at = ends(cap.period, now).astimezone(UTC)
    return (
        f"Texts beyond it are refused until {ends_at:%Y-%m-%d %H:%M} UTC. Use another number, or have the cap raised."
    )
