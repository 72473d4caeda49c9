"""Azure Communication Services' addresses for texts and numbers: who may come in, and which function answers."""

from urllib.parse import parse_qsl

from starlette.types import Scope

from answerback_emulator.acs.answers import AcsError, error_answer, not_found, refused
from answerback_emulator.acs.authentication import authenticate
from answerback_emulator.acs.messages import fetch_report, send_texts
from answerback_emulator.acs.numbers import fetch_number, list_numbers
from answerback_emulator.acs.opt_outs import change_opt_outs
from answerback_emulator.door import Answer, Door
from answerback_emulator.emulator import Emulator
from answerback_emulator.wire import header_of
from answerback_emulator.world.records import Account

SMS, NUMBERS, REPORTS = "/sms", "/phoneNumbers", "/deliveryReports"
RETRY_AFTER_S = "1"
_SEND_VERSIONS = frozenset({"2021-03-07", "2025-09-17", "2026-01-23"})
_LATE_VERSIONS = frozenset({"2024-12-10-preview", "2025-09-17", "2026-01-23"})
_NUMBER_VERSIONS = frozenset({"2021-03-07", "2022-12-01", "2024-03-01", "2025-04-01", "2025-06-01"})


class AcsDoor(Door):
    """Answers SMS, NUMBERS and REPORTS."""

    prefixes = (SMS, NUMBERS, REPORTS)
    carrier = "acs"

    def too_many(self) -> Answer:
        return too_many()

    def broken(self) -> Answer:
        return error_answer(500, "InternalServerError", "An internal server error has occurred.")

    def answer(self, scope: Scope, body: bytes) -> Answer:
        try:
            account = authenticate(self._emulator, scope, body)
            return _route(self._emulator, account, scope, body)
        except AcsError as error:
            return error.answer


def too_many() -> Answer:
    """429, and how long to wait."""
    return error_answer(429, "TooManyRequests", "Too many requests.", {"Retry-After": RETRY_AFTER_S})


def _route(emulator: Emulator, account: Account, scope: Scope, body: bytes) -> Answer:
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    path: str = scope["path"]
    match scope["method"], path.split("/")[1:]:
        case "POST", ["sms"]:
            check_version(query, _SEND_VERSIONS)
            return send_texts(emulator, account, body)
        case "POST", ["sms", action] if action.startswith("optouts:"):
            check_version(query, _LATE_VERSIONS)
            return change_opt_outs(emulator, account, action.removeprefix("optouts:"), body)
        case "GET", ["deliveryReports", message_id]:
            check_version(query, _LATE_VERSIONS)
            return fetch_report(emulator, account, message_id)
        case "GET", ["phoneNumbers"]:
            check_version(query, _NUMBER_VERSIONS)
            base_url = emulator.base_url or f"{scope['scheme']}://{header_of(scope, b'host')}"
            return list_numbers(emulator.world, account, query, base_url)
        case "GET", ["phoneNumbers", address]:
            check_version(query, _NUMBER_VERSIONS)
            return fetch_number(emulator.world, account, address)
        case _:
            raise not_found()


def check_version(query: dict[str, str], known: frozenset[str]) -> None:
    """Every request says which version of the API it speaks. Raises AcsError."""
    given = query.get("api-version", "")
    if not given:
        raise refused(400, "MissingApiVersionParameter", "The api-version query parameter is required.")
    if given not in known:
        raise refused(400, "UnsupportedApiVersionValue", f"The api-version '{given}' is not supported here.")
