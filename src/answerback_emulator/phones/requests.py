"""What every part of the admin API needs: reading a body, answering, refusing, and the phone that acts."""

from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from answerback_emulator.emulator import Emulator
from answerback_emulator.world.records import Phone

T = TypeVar("T")


class RefusedError(Exception):
    """A request that cannot be done, with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def json_answer(content: object, status: int = 200) -> Response:
    """Any value as JSON."""
    return Response(msgspec.json.encode(content), status, media_type="application/json")


async def show_refusal(_request: Request, error: Exception) -> Response:
    """Turn a RefusedError into JSON."""
    if not isinstance(error, RefusedError):
        raise error
    return json_answer({"error": error.message}, error.status)


async def read_body(request: Request, kind: type[T]) -> T:
    """The JSON body as this type; refused with what is wrong in it."""
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except msgspec.DecodeError as error:
        raise RefusedError(422, str(error)) from None


def acting_phone(emulator: Emulator, request: Request) -> Phone:
    """The phone the path names; one that is not there yet is added. Learns the emulator's own address by the way."""
    number = request.path_params["number"]
    if not emulator.base_url:
        emulator.base_url = str(request.base_url).rstrip("/")
    phone = emulator.world.phones.get(number)
    if phone is None:
        phone = added = Phone(number=number)
        emulator.world.add_phone(added)
        emulator.announcer.tell("phone", lambda: msgspec.to_builtins(added))
    return phone
