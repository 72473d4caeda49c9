"""A provider at its emulator, our doors, and a customer's phone: what every behaviour is played on."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import Failure
from answerback.providers.contract import (
    Account,
    DeliveryReport,
    Found,
    Genuine,
    Happening,
    HookRequest,
    InboundText,
    OutboundText,
    Provider,
    SendResult,
)
from answerback.providers.facts import Facts
from tests.providers.conformance.carrier import PHONE, Carrier
from tests.providers.conformance.doors import Doors
from tests.running import Api

Kind = TypeVar("Kind")
Picture = tuple[str, bytes]


@dataclass(slots=True)
class Stage:
    """`heard` are the things told at our doors that no test has asked for yet."""

    carrier: Carrier
    doors: Doors
    emulator: Api
    began: datetime
    heard: list[tuple[HookRequest, Happening]] = field(default_factory=list)

    @property
    def provider(self) -> Provider:
        return self.carrier.provider

    @property
    def account(self) -> Account:
        return self.carrier.account

    @property
    def facts(self) -> Facts:
        return self.carrier.provider.facts

    async def turn(self, **dials: float) -> None:
        await self.emulator.put("/emulator/dials", dials)

    async def customer_texts(self, body: str, pictures: Sequence[Picture] = ()) -> None:
        media = [{"content_type": kind, "base64": base64.b64encode(data).decode()} for kind, data in pictures]
        typed = {"to": self.carrier.number, "body": body, "media": media}
        await self.emulator.post(f"/emulator/phones/{PHONE}/texts", typed)

    async def phone_shows(self, phone: str = PHONE) -> list[str]:
        thread: list[dict[str, Any]] = await self.emulator.get(f"/emulator/phones/{phone}/texts")
        return [text["body"] for text in thread if text["direction"].startswith("outbound")]

    def text(self, body: str = "Good morning", **changes: Any) -> OutboundText:
        message_id = changes.get("message_id", MessageId(7))
        callback = self.provider.status_callback(self.doors.public_url, self.account, message_id)
        plain = OutboundText(message_id, self.carrier.number, None, PHONE, body, status_callback=callback)
        return replace(plain, **changes)

    async def send(self, text: OutboundText, account: Account | None = None) -> SendResult:
        (result,) = await self.provider.send(account or self.account, [text])
        return result

    async def next(self, kind: type[Kind]) -> tuple[HookRequest, Kind]:
        """The next thing of a kind told at our doors, genuine as everything must be, and the request that told it."""
        while True:
            for place, (request, happening) in enumerate(self.heard):
                if isinstance(happening, kind):
                    del self.heard[place]
                    return request, happening
            request = await self.doors.next()
            assert self.provider.verify(request, self.account) == Genuine()
            self.heard.extend((request, happening) for happening in self.provider.parse(request))

    async def received(self) -> InboundText:
        return (await self.next(InboundText))[1]

    async def reports_until(self, status: str) -> list[DeliveryReport]:
        """Reports up to the first that says so."""
        reports = [(await self.next(DeliveryReport))[1]]
        while reports[-1].status != status:
            reports.append((await self.next(DeliveryReport))[1])
        return reports

    async def failure_reported(self) -> tuple[DeliveryReport, Failure]:
        """The first report of a failure."""
        while True:
            _, report = await self.next(DeliveryReport)
            if report.failure is not None:
                return report, report.failure

    async def find(self, text: OutboundText) -> list[Found]:
        return await self.provider.find_sent(self.account, text, self.began)
