"""What tests of outbound messages share: a configuration to order with, and orders."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from answerback.storage.connection import Pool
from tests.api.flowing import make_template
from tests.api.people import Person
from tests.live.centre import Centre

CONFIGURATIONS, MESSAGES = "/api/v1/outbound-configurations", "/api/v1/outbound-messages"
SLOTS = [{"name": "order", "kind": "text", "sample": "A-1042"}]


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

    async def configuration(self, *, numbers: list[int] | None = None, **template: Any) -> dict[str, Any]:
        words = {"texts": {"en-US": "Order {order} has left.", "es": "El pedido {order} ha salido."}, "slots": SLOTS}
        template_id = await make_template(self.client, f"Shipped {datetime.now(UTC)}", "", **{**words, **template})
        draft = {
            "name": f"Order shipped {template_id}",
            "number_ids": numbers or self.numbers[:1],
            "template_id": template_id,
        }
        answer = await self.client.post(CONFIGURATIONS, json=draft)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def order(self, configuration: dict[str, Any], *items: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        if configuration["purpose"] == "conversation":  # not what such a test is about
            await self._agree([one["tocontactid"] for one in items])
        headers = {"Idempotency-Key": more.pop("request_key")} if "request_key" in more else {}
        body = {"configuration_id": configuration["id"], "items": items, **more}
        answer = await self.client.post(MESSAGES, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["items"]
        return results

    async def _agree(self, phones: list[str]) -> None:
        """Who said nothing yet has agreed to texts, at whatever hour this runs."""
        assert (await self.client.patch("/api/v1/sending-rules", json={"courtesy_hours": False})).status_code == 200
        await self.pool.execute(
            """
            insert into consent_entry (phone, choice, source, words)
            select distinct p, 'opt_in', 'form', 'Tell me about my order' from unnest($1::text[]) p
            where not exists (select from consent_entry e where e.phone = p)
            """,
            phones,
        )

    async def texts(self) -> list[str]:
        rows = await self.pool.fetch("select body from message where status <> 'received' order by id")
        return [row["body"] for row in rows]


def item(phone: str, order: str = "B-7", **more: Any) -> dict[str, Any]:
    return {"tocontactid": phone, "optin": True, "contextitems": {"order": order}, **more}


def phone(number: int) -> str:
    return f"+1212555{number:04}"


def zone_where_it_is(hour: int) -> str:
    """A time zone whose clocks show this hour now."""
    behind = (datetime.now(UTC).hour - hour) % 24
    return f"Etc/GMT+{behind}" if behind <= 12 else f"Etc/GMT-{24 - behind}"
