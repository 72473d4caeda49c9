"""The admin API under /emulator: declare accounts, numbers and phones; text as a phone; read what happened.

Not guarded: the emulator is a tool for one machine. Nothing here is part of a carrier's real API.
"""

import base64
import binascii
from dataclasses import asdict

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerback_emulator.carriers import open_account, receive_text
from answerback_emulator.delivery.exchanges import show_exchange
from answerback_emulator.emulator import Emulator
from answerback_emulator.phones.requests import RefusedError, acting_phone, json_answer, read_body
from answerback_emulator.phones.shapes import show_text
from answerback_emulator.settings.dials import Dials
from answerback_emulator.world.records import Account, Medium, Number, Phone, Service


class Attachment(msgspec.Struct, forbid_unknown_fields=True, rename={"content": "base64"}):
    """A picture of a text, its bytes in base64."""

    content_type: str
    content: str


class NewText(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a phone types."""

    to: str
    body: str = ""
    media: list[Attachment] = []


class PhonesApi:
    """The functions behind the routes; one emulator each."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    async def add_account(self, request: Request) -> Response:
        """POST an account; the same sid again replaces it."""
        account = await read_body(request, Account)
        self._emulator.world.add_account(account)
        await open_account(self._emulator, account)
        return json_answer(account, 201)

    async def list_accounts(self, _request: Request) -> Response:
        """GET all accounts with their secrets (this is a test tool)."""
        return json_answer(list(self._emulator.world.accounts.values()))

    async def add_service(self, request: Request) -> Response:
        """POST a Messaging Service."""
        service = await read_body(request, Service)
        self._require_account(service.account_sid)
        self._emulator.world.services[service.sid] = service
        return json_answer(service, 201)

    async def add_number(self, request: Request) -> Response:
        """POST a number of an account."""
        number = await read_body(request, Number)
        self._require_account(number.account_sid)
        if number.messaging_service_sid and number.messaging_service_sid not in self._emulator.world.services:
            raise RefusedError(
                422, f"messaging_service_sid {number.messaging_service_sid} is not declared: add it first"
            )
        self._emulator.world.add_number(number)
        self._emulator.announcer.tell("reload", dict)
        return json_answer(number, 201)

    async def list_numbers(self, _request: Request) -> Response:
        """GET all numbers."""
        return json_answer(list(self._emulator.world.numbers.values()))

    async def add_phone(self, request: Request) -> Response:
        """POST a phone; the same number again replaces it."""
        phone = await read_body(request, Phone)
        self._emulator.world.add_phone(phone)
        self._emulator.announcer.tell("phone", lambda: msgspec.to_builtins(phone))
        return json_answer(phone, 201)

    async def list_phones(self, _request: Request) -> Response:
        """GET all phones."""
        return json_answer(list(self._emulator.world.phones.values()))

    async def send_text(self, request: Request) -> Response:
        """POST a text from a phone; answers when its webhook was answered."""
        new = await read_body(request, NewText)
        number = self._emulator.world.numbers.get(new.to)
        if number is None:
            raise RefusedError(404, f"No emulated number {new.to}: add it with POST /emulator/numbers")
        if not new.body and not new.media:
            raise RefusedError(422, "A text needs a body or media")
        if new.media and "mms" not in number.capabilities:
            raise RefusedError(422, f"{new.to} takes no pictures: its carrier has none for it")
        phone = acting_phone(self._emulator, request).number
        media = [Medium(one.content_type, _decode(one.content)) for one in new.media]
        received = await receive_text(self._emulator, number, phone, new.body, media=media)
        return json_answer(asdict(received), 201)

    async def read_thread(self, request: Request) -> Response:
        """GET what a phone shows, oldest first; ?number= for one of its conversations."""
        only = request.query_params.get("number")
        thread = self._emulator.world.texts.thread(request.path_params["number"])
        return json_answer([show_text(text) for text in thread if only is None or text.number == only])

    async def list_texts(self, request: Request) -> Response:
        """GET every text of an account (or of all), oldest first, for tallies."""
        account = request.query_params.get("account_sid")
        texts = self._emulator.world.texts.oldest_first()
        return json_answer([show_text(text) for text in texts if account in (None, text.account_sid)])

    async def read_dials(self, _request: Request) -> Response:
        """GET the dials."""
        return json_answer(self._emulator.chance.dials)

    async def turn_dials(self, request: Request) -> Response:
        """PUT some or all dials; those not named keep their place."""
        present = msgspec.to_builtins(self._emulator.chance.dials)
        try:
            changes = msgspec.json.decode(await request.body(), type=dict[str, object])
            dials = msgspec.convert(present | changes, Dials)
        except msgspec.DecodeError as error:
            raise RefusedError(422, str(error)) from None
        self._emulator.chance.turn(dials)
        self._emulator.announcer.tell("dials", lambda: msgspec.to_builtins(dials))
        return json_answer(dials)

    async def read_log(self, _request: Request) -> Response:
        """GET the last HTTP exchanges, newest first."""
        return json_answer([show_exchange(one) for one in self._emulator.log.newest_first()])

    async def read_alerts(self, _request: Request) -> Response:
        """GET the carrier's debugger, oldest first."""
        return json_answer([asdict(alert) for alert in self._emulator.world.alerts])

    async def reset(self, _request: Request) -> Response:
        """POST: back to how the emulator started."""
        self._emulator.reset()
        return Response(status_code=204)

    async def serve_medium(self, request: Request) -> Response:
        """GET the bytes of a picture, as from a CDN: no authentication."""
        text = self._emulator.world.texts.find(request.path_params["text"])
        for medium in text.media if text is not None else ():
            if medium.sid == request.path_params["medium"] and medium.content is not None:
                return Response(medium.content, media_type=medium.content_type)
        raise RefusedError(404, "No such medium")

    def _require_account(self, sid: str) -> None:
        if sid not in self._emulator.world.accounts:
            raise RefusedError(422, f"account_sid {sid} is not declared: add it with POST /emulator/accounts")


def phone_routes(emulator: Emulator) -> list[Route]:
    """The routes under /emulator, without the stream and the page."""
    api = PhonesApi(emulator)
    return [
        Route("/emulator/accounts", api.add_account, methods=["POST"]),
        Route("/emulator/accounts", api.list_accounts),
        Route("/emulator/services", api.add_service, methods=["POST"]),
        Route("/emulator/numbers", api.add_number, methods=["POST"]),
        Route("/emulator/numbers", api.list_numbers),
        Route("/emulator/phones", api.add_phone, methods=["POST"]),
        Route("/emulator/phones", api.list_phones),
        Route("/emulator/phones/{number}/texts", api.send_text, methods=["POST"]),
        Route("/emulator/phones/{number}/texts", api.read_thread),
        Route("/emulator/messages", api.list_texts),
        Route("/emulator/dials", api.read_dials),
        Route("/emulator/dials", api.turn_dials, methods=["PUT"]),
        Route("/emulator/log", api.read_log),
        Route("/emulator/alerts", api.read_alerts),
        Route("/emulator/reset", api.reset, methods=["POST"]),
        Route("/emulator/cdn/{text}/{medium}", api.serve_medium),
    ]


def _decode(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise RefusedError(422, "media.base64 is not base64") from None
