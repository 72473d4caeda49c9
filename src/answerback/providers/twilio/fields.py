"""The fields of Twilio's webhooks, and what can be wrong with them."""

from answerback.providers.contract import HookRequest, Malformed
from answerback.providers.twilio.forms import is_form, pairs_of, parse_form, query_of

Fields = dict[str, str]

LONGEST_ID = 64
LARGEST_ROW_ID = 2**63 - 1


def fields_of(request: HookRequest) -> Fields:
    """The first value of each name."""
    return dict(reversed(pairs_of(request)))


def form_problem(request: HookRequest) -> Malformed | None:
    if request.method == "GET" or is_form(request):
        return None
    return Malformed("Content-Type", "is not application/x-www-form-urlencoded, the only form Twilio texts come in")


def first(fields: Fields, *names: str) -> str:
    return next((fields[name].strip() for name in names if fields.get(name, "").strip()), "")


def id_problem(name: str, value: str) -> Malformed | None:
    if not value:
        return Malformed(name, "is missing")
    if len(value) > LONGEST_ID or not value.isprintable():
        return Malformed(name, f"is not an id of at most {LONGEST_ID} printable characters")
    return None


def missing(fields: Fields, *names: str) -> Malformed | None:
    for name in names:
        value = fields.get(name, "").strip()
        if not value:
            return Malformed(name, "is missing")
        if not value.isprintable():
            return Malformed(name, "holds characters that no address has")
    return None


def our_id(request: HookRequest, name: str, what: str) -> int | Malformed | None:
    """The id we wrote into the callback address, such as that of a text; None where the address names none."""
    written = dict(parse_form(query_of(request).encode())).get(name)
    if written is None:
        return None
    digits = written.isascii() and written.isdecimal() and len(written) < 20
    if not digits or int(written) > LARGEST_ROW_ID:
        return Malformed(name, f"in the address is not the id of {what}")
    return int(written)
