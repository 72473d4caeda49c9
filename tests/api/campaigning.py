"""What tests of campaigns share: an audience, a campaign for it, and the workers that run it a step at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from answerback.storage.connection import Pool
from answerback.storage.wakeups import Wakeups
from answerback.usecases.preview_campaign import count_one
from answerback.workers.campaign_feeder import CampaignFeeder
from tests.api.flowing import make_template
from tests.api.people import MakePerson, Person
from tests.live.centre import Centre

CAMPAIGNS = "/api/v1/campaigns"
SLOTS = [{"name": "order", "kind": "text", "sample": "A-1042"}]
WORDS = {"texts": {"en-US": "Order {order} has left.", "es": "El pedido {order} ha salido."}, "slots": SLOTS}


@dataclass(frozen=True, slots=True)
class Desk:
    """A supervisor's client, and the numbers texts can leave from."""

    pool: Pool
    boss: Person
    centre: Centre
    numbers: list[int]

    @property
    def client(self) -> httpx.AsyncClient:
        return self.boss.client

    async def audience(self, *members: str | tuple[str, dict[str, str]]) -> int:
        """A list as a file would have made it."""
        audience_id: int = await self.pool.fetchval(
            "insert into audience (name, kind, members) values ($1, 'list', $2) returning id",
            f"List {datetime.now(UTC)}",
            len(members),
        )
        listed = [(one, {"order": "B-7"}) if isinstance(one, str) else one for one in members]
        await self.pool.execute(
            """
            insert into audience_member (audience_id, place, phone, "values")
            select $1, ord + 1, phone, given
            from unnest($2::text[], $3::jsonb[]) with ordinality as m (phone, given, ord)
            """,
            audience_id,
            [phone for phone, _ in listed],
            [values for _, values in listed],
        )
        return audience_id

    async def template(self, **words: Any) -> int:
        return await make_template(
            self.client, f"Shipped {datetime.now(UTC)}", "", **{**WORDS, "purpose": "informational", **words}
        )

    async def campaign(self, *members: str | tuple[str, dict[str, str]], **more: Any) -> dict[str, Any]:
        """A draft for whoever agreed to texts, at whatever hour this runs."""
        await self.agree([one if isinstance(one, str) else one[0] for one in members])
        draft = {
            "name": f"Shipped {datetime.now(UTC)}",
            "audience_id": await self.audience(*members),
            "number_ids": self.numbers[:1],
            "variants": [{"template_id": await self.template()}],
        }
        answer = await self.client.post(CAMPAIGNS, json={**draft, **more})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def agree(self, phones: list[str]) -> None:
        assert (await self.client.patch("/api/v1/sending-rules", json={"courtesy_hours": False})).status_code == 200
        await self.pool.execute(
            "insert into consent_entry (phone, choice, source, words) select p, 'opt_in', 'form', 'Tell me'"
            " from unnest($1::text[]) p",
            phones,
        )

    async def act(self, campaign: dict[str, Any], action: str, **body: Any) -> httpx.Response:
        return await self.client.post(f"{CAMPAIGNS}/{campaign['id']}/{action}", json=body or None)

    async def start(self, campaign: dict[str, Any]) -> None:
        answer = await self.act(campaign, "start")
        assert answer.status_code == 200, answer.text

    async def see(self, campaign: dict[str, Any], what: str = "") -> dict[str, Any]:
        answer = await self.client.get(f"{CAMPAIGNS}/{campaign['id']}{what}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def preview(self, campaign: dict[str, Any]) -> dict[str, Any]:
        assert (await self.act(campaign, "preview")).status_code == 202
        while await count_one(self.pool):
            pass
        return await self.see(campaign, "/preview")

    async def rate(self, parts_per_second: float) -> None:
        await self.pool.execute("update number set parts_per_second = $1", parts_per_second)

    async def texts(self) -> list[tuple[str, str]]:
        """Phone and body of everything that is on its way."""
        rows = await self.pool.fetch(
            """
            select c.customer_phone, m.body from message m join conversation c on c.id = m.conversation_id
            join outbox o on o.message_id = m.id order by m.id
            """
        )
        return [(row[0], row[1]) for row in rows]

    async def left(self, status: str = "delivered", error_class: str | None = None) -> None:
        """Everything in the outbox has left, and this became of it."""
        await self.pool.execute(
            """
            with gone as (delete from outbox where state = 'queued' returning message_id)
            update message set status = $1, error_class = $2 where id in (select message_id from gone)
            """,
            status,
            error_class,
        )


def feeder(pool: Pool) -> CampaignFeeder:
    """One that is stepped by hand."""
    return CampaignFeeder(pool, Wakeups("postgresql://nowhere"))


def phone(number: int) -> str:
    return f"+1212555{number:04}"


async def open_desk(pool: Pool, person: MakePerson) -> Desk:
    """An administrator's, with two numbers of one queue, of which each sends 1,000 parts a second."""
    centre = Centre(pool)
    queue = await centre.queue()
    numbers = [await centre.number(queue), await centre.number(queue)]
    found = Desk(pool, await person("administrator"), centre, numbers)
    await found.rate(1000)
    return found
