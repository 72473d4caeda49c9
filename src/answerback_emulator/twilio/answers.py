"""What a call to Twilio's API is and what may be answered: resources, and errors with Twilio's four fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from answerback_emulator.door import Answer, json_answer
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.records import Account

DOCS = "https://www.twilio.com/docs/errors/"


@dataclass(slots=True)
class ApiCall:
    """One authenticated request. `path` is what follows the account (or the version) in the URL."""

    emulator: Emulator
    account: Account
    method: str
    full_path: str
    query: dict[str, str]
    form: "Form"
    base_url: str


class Form:
    """Form fields in order; names may repeat."""

    __slots__ = ("_pairs", "_single")

    def __init__(self, body: bytes) -> None:
        self._pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        self._single = dict(self._pairs)

    def get(self, name: str, default: str = "") -> str:
        """The value of a field that does not repeat."""
        return self._single.get(name, default)

    def __contains__(self, name: str) -> bool:
        return name in self._single

    def all(self, name: str) -> list[str]:
        """Every value of a field that may repeat."""
        return [value for one, value in self._pairs if one == name] if name in self._single else []

    def items(self) -> Sequence[tuple[str, str]]:
        """All fields as sent."""
        return self._pairs


def resource(status: int, content: dict[str, Any]) -> Answer:
    """A resource as JSON."""
    return json_answer(status, content)


class TwilioError(Exception):
    """A refusal, as Twilio words it."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status

    def answer(self) -> Answer:
        """The error body: code, message, more_info, status."""
        body = {
            "code": self.code,
            "message": self.message,
            "more_info": f"{DOCS}{self.code}",
            "status": self.status,
        }
        return resource(self.status, body)


def not_found(path: str) -> TwilioError:
    """20404 for a resource that is not there."""
    return TwilioError(20404, f"The requested resource {path} was not found", 404)
