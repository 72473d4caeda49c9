"""How Call Automation refuses: its codes for calls that are not there, or not in the right state."""

from typing import Any

from answerback_emulator.acs.answers import AcsError, refused


def not_established() -> AcsError:
    """The call is not one in which this can be done now."""
    return refused(400, "8501", "Action is invalid when call is not in Established state.")


def no_such_call() -> AcsError:
    """No call is known by this id or context."""
    return refused(404, "8522", "Call not found.")


def required(body: dict[str, Any], name: str) -> Any:
    """A field that must be there. Raises AcsError."""
    value = body.get(name)
    if value in (None, "", []):
        raise refused(400, "BadRequest", f"The {name} field is required.")
    return value
