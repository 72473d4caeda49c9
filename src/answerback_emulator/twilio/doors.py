"""Twilio's addresses: who may come in, and which function answers."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from starlette.types import Scope

from answerback_emulator.door import Answer, Door
from answerback_emulator.twilio.answers import ApiCall, Form, TwilioError, not_found
from answerback_emulator.twilio.calls import create_call, delete_call, fetch_call, list_calls, update_call
from answerback_emulator.twilio.lists import list_messages, list_numbers
from answerback_emulator.twilio.media import delete_medium, download_medium, fetch_medium, media_of
from answerback_emulator.twilio.messages import create_message, delete_message, fetch_message, update_message
from answerback_emulator.twilio.numbers import fetch_account, fetch_number, update_number
from answerback_emulator.twilio.services import (
    fetch_service,
    list_service_numbers,
    list_services,
    update_service,
)
from answerback_emulator.wire import header_of
from answerback_emulator.world.records import Account

REST = "/2010-04-01/Accounts/"
MESSAGING = "/v1/Services"
_UNKNOWN = TwilioError(20003, "Authenticate", 401)


class TwilioDoor(Door):
    """Answers everything under REST and MESSAGING."""

    prefixes = (REST, MESSAGING)
    carrier = "twilio"

    def too_many(self) -> Answer:
        return TwilioError(20429, "Too Many Requests", 429).answer()

    def broken(self) -> Answer:
        return TwilioError(20500, "An internal server error has occurred", 500).answer()

    def answer(self, scope: Scope, body: bytes) -> Answer:
        try:
            call = self._read_call(scope, body)
            return _route(call, _tail_of(call.full_path))
        except TwilioError as error:
            return error.answer()

    def _read_call(self, scope: Scope, body: bytes) -> ApiCall:
        path: str = scope["path"]
        base_url = self._emulator.base_url or f"{scope['scheme']}://{header_of(scope, b'host')}"
        return ApiCall(
            emulator=self._emulator,
            account=self._authenticate(scope, path),
            method=scope["method"],
            full_path=path,
            query=_read_query(scope["query_string"]),
            form=Form(body),
            base_url=base_url,
        )

    def _authenticate(self, scope: Scope, path: str) -> Account:
        scheme, _, credentials = header_of(scope, b"authorization").partition(" ")
        account = self._emulator.world.credentials.get(credentials.strip())
        if account is not None and scheme.lower() == "basic" and _may_enter(account, path):
            return account
        if not self._emulator.config.enforce_media_auth and _is_media_content(path):
            owner = self._emulator.world.accounts.get(path.split("/")[3])
            if owner is not None:
                return owner
        raise _UNKNOWN


def _route(call: ApiCall, tail: list[str]) -> Answer:
    match call.method, tail:
        case "POST", ["Messages.json"]:
            return create_message(call)
        case "GET", ["Messages.json"]:
            return list_messages(call)
        case "GET", []:
            return fetch_account(call)
        case _, ["Messages", message]:
            return _on_one(call, message, fetch_message, update_message, delete=delete_message)
        case "GET", ["Messages", message, "Media.json"]:
            return media_of(call, message)
        case "GET", ["Messages", message, "Media", medium] if not medium.endswith(".json"):
            return download_medium(call, message, medium)
        case "GET", ["Messages", message, "Media", medium]:
            return fetch_medium(call, message, medium.removesuffix(".json"))
        case "DELETE", ["Messages", message, "Media", medium]:
            return delete_medium(call, message, medium.removesuffix(".json"))
        case "GET", ["IncomingPhoneNumbers.json"]:
            return list_numbers(call)
        case _, ["IncomingPhoneNumbers", number]:
            return _on_one(call, number, fetch_number, update_number)
        case "POST", ["Calls.json"]:
            return create_call(call)
        case "GET", ["Calls.json"]:
            return list_calls(call)
        case _, ["Calls", one]:
            return _on_one(call, one, fetch_call, update_call, delete=delete_call)
        case "GET", ["Services"]:
            return list_services(call)
        case _, ["Services", service]:
            return _on_one(call, service, fetch_service, update_service)
        case "GET", ["Services", service, "PhoneNumbers"]:
            return list_service_numbers(call, service)
        case _:
            raise not_found(call.full_path)


Handler = Callable[[ApiCall, str], Answer]


def _on_one(call: ApiCall, name: str, fetch: Handler, update: Handler, *, delete: Handler | None = None) -> Answer:
    sid = name.removesuffix(".json")
    if call.method == "GET":
        return fetch(call, sid)
    if call.method == "POST":
        return update(call, sid)
    if call.method == "DELETE" and delete is not None:
        return delete(call, sid)
    raise TwilioError(20004, "Method not allowed", 405)


def _read_query(raw: bytes) -> dict[str, str]:
    return dict(parse_qsl(raw.decode("latin-1"), keep_blank_values=True)) if raw else {}


def _tail_of(path: str) -> list[str]:
    if path.startswith(REST):
        return path.split("/")[4:]
    return path.split("/")[2:]


def _may_enter(account: Account, path: str) -> bool:
    if not path.startswith(REST):
        return True
    return path.startswith(account.sid, len(REST)) and path[len(REST) + len(account.sid) :][:1] in {"", "/", "."}


def _is_media_content(path: str) -> bool:
    return "/Media/" in path and not path.endswith(".json")
