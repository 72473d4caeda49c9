"""Call Automation's addresses: who may come in, which function answers, and each repeatable request done once."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

import msgspec
from starlette.types import Scope

from answerback_emulator.acs.answers import AcsError, error_answer, refused
from answerback_emulator.acs.authentication import authenticate
from answerback_emulator.acs.calling import actions, incoming, playing
from answerback_emulator.acs.calling.answers import no_such_call
from answerback_emulator.acs.calling.conversation import show_connection
from answerback_emulator.acs.calling.event_tokens import CONFIGURATION, KEYS, configuration, key_set
from answerback_emulator.acs.doors import check_version, too_many
from answerback_emulator.door import Answer, Door, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.wire import header_of
from answerback_emulator.world.azure import Repeatable
from answerback_emulator.world.connections import Connection
from answerback_emulator.world.records import Account

CALLING = "/calling/"
_VERSIONS = frozenset(
    {"2023-03-06", "2023-10-15", "2024-04-15", "2024-09-15", "2025-05-15", "2025-06-15", "2026-03-12"}
)
_CONNECTIONS = "/calling/callConnections"
Act = Callable[[Emulator, Connection, dict[str, Any]], Answer]
_OPENING = {
    "": incoming.create_call,
    ":answer": incoming.answer_call,
    ":redirect": incoming.redirect_call,
    ":reject": incoming.reject_call,
}
_ACTS: dict[str, Act] = {
    ":play": playing.play,
    ":transferToParticipant": actions.transfer,
    "/participants:add": actions.add_participant,
    "/participants:remove": actions.remove_participant,
    "/participants:cancelAddParticipant": actions.cancel_invitation,
    ":terminate": lambda emulator, connection, _body: actions.terminate(emulator, connection),
    ":cancelAllMediaOperations": lambda _emulator, connection, _body: playing.cancel_plays(connection),
}


class CallingDoor(Door):
    """Answers everything under CALLING."""

    prefixes = (CALLING,)
    carrier = "acs"

    def too_many(self) -> Answer:
        return too_many()

    def broken(self) -> Answer:
        return error_answer(500, "InternalServerError", "The server could not do this: try again later.")

    def answer(self, scope: Scope, body: bytes) -> Answer:
        emulator, path = self._emulator, unquote(scope["path"])
        if path == CONFIGURATION:
            base = emulator.base_url or f"{scope['scheme']}://{header_of(scope, b'host')}"
            return json_answer(200, configuration(emulator.world, base))
        if path == KEYS:
            return json_answer(200, key_set())
        try:
            account = authenticate(emulator, scope, body)
            check_version(dict(parse_qsl(scope["query_string"].decode("latin-1"))), _VERSIONS)
            return self._once(account, scope, body)
        except AcsError as error:
            return error.answer

    def _once(self, account: Account, scope: Scope, body: bytes) -> Answer:
        """Do it; the same Repeatability-Request-ID again gets the same answer and nothing more is done."""
        request_id = header_of(scope, b"repeatability-request-id")
        if not request_id:
            return self._do(account, scope, body)
        if not header_of(scope, b"repeatability-first-sent"):
            raise refused(400, "BadRequest", "Repeatability-First-Sent is required with Repeatability-Request-ID.")
        digest = hashlib.sha256(scope["path"].encode() + b"\n" + body).hexdigest()
        asked = self._emulator.world.azure.calls_asked
        known = asked.get((account.sid, request_id))
        if known is None:
            answer = self._do(account, scope, body)
            asked[account.sid, request_id] = Repeatable(digest, answer.status, answer.body)
        elif known.digest == digest:
            answer = Answer(known.status, known.body)
        else:
            return error_answer(
                412, "RepeatabilityIdReused", "This id was used for another request.", _result("rejected")
            )
        answer.headers |= _result("accepted")
        return answer

    def _do(self, account: Account, scope: Scope, body: bytes) -> Answer:
        rest = unquote(scope["path"]).removeprefix(_CONNECTIONS)
        if scope["method"] == "POST" and rest in _OPENING:
            return _OPENING[rest](self._emulator, account, _read(body))
        name, act = _split(rest)
        connection = self._emulator.world.azure.connections.get(name)
        if connection is None or connection.account_sid != account.sid:
            raise no_such_call()
        match scope["method"], act:
            case "GET", "":
                return json_answer(200, show_connection(connection))
            case "GET", "/participants":
                return actions.list_participants(connection)
            case "GET", _ if act.startswith("/participants/"):
                return actions.fetch_participant(connection, act.removeprefix("/participants/"))
            case "DELETE", "":
                return actions.leave(self._emulator, connection)
            case "POST", _ if act in _ACTS:
                return _ACTS[act](self._emulator, connection, _read(body))
            case _:
                raise refused(404, "NotFound", f"The emulator does not do {scope['method']} {act or name}.")


def _split(rest: str) -> tuple[str, str]:
    """The connection's id, and what follows it."""
    name = rest.removeprefix("/")
    end = min((place for place in (name.find("/"), name.find(":")) if place >= 0), default=len(name))
    return name[:end], name[end:]


def _read(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body or b"{}", type=dict[str, Any])
    except msgspec.DecodeError:
        raise refused(400, "BadRequest", "The body is not a JSON object.") from None


def _result(word: str) -> dict[str, str]:
    return {"Repeatability-Result": word}
