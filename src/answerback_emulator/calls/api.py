"""The admin API of calls: dial as a phone, answer, decline, hang up, and read or wait for what happened."""

import asyncio
import contextlib
from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerback_emulator.calls import ringing
from answerback_emulator.calls.shapes import show_call
from answerback_emulator.carriers import place_call
from answerback_emulator.emulator import Emulator
from answerback_emulator.phones.requests import RefusedError, acting_phone, json_answer, read_body
from answerback_emulator.world.calls import Call

_LONGEST_WAIT_S = 30.0
Act = Callable[[Emulator, Call], bool]


class NewCall(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The number a phone dials."""

    to: str


class CallsApi:
    """The functions behind the routes; one emulator each."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    async def dial(self, request: Request) -> Response:
        """POST a call from a phone; answers at once, while it rings."""
        new = await read_body(request, NewCall)
        world = self._emulator.world
        number = world.numbers.get(new.to)
        if number is None:
            raise RefusedError(404, f"No emulated number {new.to}: add it with POST /emulator/numbers")
        if "voice" not in number.capabilities or number.type == "short_code":
            raise RefusedError(422, f"{new.to} takes no calls: voice is not among its capabilities")
        phone = acting_phone(self._emulator, request)
        if world.calls.is_engaged(phone.number):
            raise RefusedError(409, f"{phone.number} is in a call already: hang up first")
        call = place_call(self._emulator, number, phone.number)
        if call is None:
            raise RefusedError(422, f"Calls to {number.provider} numbers are not emulated")
        return json_answer(show_call(call), 201)

    async def list_calls(self, request: Request) -> Response:
        """GET calls, newest first; ?phone=, ?number=, ?status= narrow, ?wait_s= waits until one fits."""
        query = request.query_params
        names = [name for name in ("phone", "number", "status", "provider", "direction") if name in query]
        deadline = _deadline(query.get("wait_s", "0"))
        while True:
            calls = self._emulator.world.calls
            found = [one for one in calls.newest_first() if all(getattr(one, name) == query[name] for name in names)]
            left = deadline - asyncio.get_running_loop().time()
            if found or left <= 0:
                return json_answer([show_call(one) for one in found])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(calls.news.wait(), left)

    async def read_call(self, request: Request) -> Response:
        """GET one call; ?status= with ?wait_s= waits until it has that status or is over."""
        call, query = self._find(request), request.query_params
        deadline = _deadline(query.get("wait_s", "0"))
        wanted = query.get("status", call.status)
        while call.status != wanted and not call.is_over:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._emulator.world.calls.news.wait(), left)
        return json_answer(show_call(call))

    async def act(self, request: Request) -> Response:
        """POST answer, decline or hang-up, as the person holding the phone."""
        call, deed = self._find(request), request.path_params["deed"]
        acts: dict[str, Act] = {"answer": ringing.answer, "decline": ringing.decline, "hang-up": ringing.hang_up}
        if deed not in acts:
            raise RefusedError(404, f"A call can be answered, declined or hung up, not: {deed}")
        if not acts[deed](self._emulator, call):
            raise RefusedError(409, f"The call is {call.status} at this phone: {deed} is not possible now")
        return json_answer(show_call(call))

    def _find(self, request: Request) -> Call:
        call = self._emulator.world.calls.find(request.path_params["id"])
        if call is None:
            raise RefusedError(404, "No such call")
        return call


def call_routes(emulator: Emulator) -> list[Route]:
    """The routes of calls under /emulator."""
    api = CallsApi(emulator)
    return [
        Route("/emulator/phones/{number}/calls", api.dial, methods=["POST"]),
        Route("/emulator/calls", api.list_calls),
        Route("/emulator/calls/{id}", api.read_call),
        Route("/emulator/calls/{id}/{deed}", api.act, methods=["POST"]),
    ]


def _deadline(seconds: str) -> float:
    """Until when to wait, on the loop's clock."""
    if not seconds.replace(".", "", 1).isdecimal():
        raise RefusedError(422, f"wait_s must be a number of seconds, not {seconds}")
    return asyncio.get_running_loop().time() + min(float(seconds), _LONGEST_WAIT_S)
