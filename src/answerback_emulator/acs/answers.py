"""How Azure Communication Services refuses: an error with code and message, or problem details naming the fields."""

from secrets import token_hex

import msgspec

from answerback_emulator.door import Answer, json_answer

_PROBLEM = "https://tools.ietf.org/html/rfc9110#section-15.5"


class AcsError(Exception):
    """A refusal; `answer` is what the caller hears."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body.decode())
        self.answer = answer


def error_answer(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Answer:
    """{"error": {"code", "message"}}."""
    return json_answer(status, {"error": {"code": code, "message": message}}, headers)


def refused(status: int, code: str, message: str) -> AcsError:
    """An error as most of Azure words it."""
    return AcsError(error_answer(status, code, message))


def denied(message: str = "Denied by the resource provider.") -> AcsError:
    """401 for a request that does not prove who sent it."""
    return refused(401, "Denied", message)


def invalid(field: str, why: str) -> AcsError:
    """400 as problem details (RFC 9457), the fields under `errors`."""
    return _problem(400, 1, "One or more validation errors occurred.", {"errors": {field: [why]}})


def not_found() -> AcsError:
    """404 as problem details."""
    return _problem(404, 5, "Not Found", {})


def _problem(status: int, section: int, title: str, more: dict[str, object]) -> AcsError:
    trace = f"00-{token_hex(16)}-{token_hex(8)}-00"
    content = {"type": f"{_PROBLEM}.{section}", "title": title, "status": status, **more, "traceId": trace}
    return AcsError(Answer(status, msgspec.json.encode(content), "application/problem+json; charset=utf-8"))
