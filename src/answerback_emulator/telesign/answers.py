"""What TeleSign's messaging API answers, and tells in callbacks: a text with its status, or an error in that form."""

from datetime import UTC, datetime
from typing import Any

from answerback_emulator.door import Answer, json_answer
from answerback_emulator.telesign.codes import AT_GATEWAY, DELIVERED, IN_PROGRESS, http_status_of, words_of
from answerback_emulator.world.records import Text

_CODES = {"queued": IN_PROGRESS, "sent": AT_GATEWAY, "delivered": DELIVERED}


class TelesignError(Exception):
    """A refusal, by its code."""

    def __init__(self, code: int) -> None:
        super().__init__(words_of(code))
        self.code = code

    def answer(self) -> Answer:
        """The error body: no text, a status that says why."""
        return error_answer(http_status_of(self.code), self.code)


def error_answer(http_status: int, code: int) -> Answer:
    """An error in the form of a status."""
    status = {"code": code, "description": words_of(code)}
    return json_answer(http_status, {"reference_id": None, "external_id": None, "status": status})


def code_of(text: Text) -> int:
    """The present status of a text as TeleSign's number."""
    return text.error_code if text.error_code is not None else _CODES[text.status]


def show_text(text: Text) -> dict[str, Any]:
    """The answer to a send or a look-up."""
    return {
        "reference_id": text.sid,
        "external_id": text.tag or None,
        "status": {
            "code": code_of(text),
            "description": words_of(code_of(text)),
            "updated_on": rfc3339(text.updated),
        },
    }


def show_report(text: Text) -> dict[str, Any]:
    """A delivery callback."""
    return show_text(text) | {
        "sub_resource": "sms",
        "errors": [],
        "submit_timestamp": rfc3339(text.created),
        "additional_info": {"message_parts_count": text.parts},
    }


def show_inbound(text: Text) -> dict[str, Any]:
    """An inbound text; TeleSign's numbers have no plus."""
    return {
        "reference_id": text.sid,
        "sub_resource": "mo_sms",
        "errors": [],
        "status": {"code": DELIVERED, "description": "Received", "updated_on": rfc3339(text.updated)},
        "submit_timestamp": rfc3339(text.created),
        "user_response": {
            "phone_number": (text.sender or "").removeprefix("+"),
            "iso_country_code": "US",
            "sender_id": text.to.removeprefix("+"),
            "mo_message": text.body,
        },
    }


def rfc3339(at: float) -> str:
    """A moment in UTC with microseconds, as "2026-05-29T17:38:49.049000Z"."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
