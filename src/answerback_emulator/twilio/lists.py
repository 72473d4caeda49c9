"""Lists as Twilio pages them: newest first, relative page addresses, a token naming where a page begins."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from answerback_emulator.door import Answer
from answerback_emulator.twilio.answers import ApiCall, TwilioError, resource
from answerback_emulator.twilio.shapes import show_medium, show_message, show_number
from answerback_emulator.world.records import Text


class _Listed(Protocol):
    @property
    def sid(self) -> str: ...


T = TypeVar("T", bound=_Listed)
_PAGING = frozenset({"Page", "PageToken", "PageSize"})


def list_messages(call: ApiCall) -> Answer:
    """GET Messages.json with To, From, DateSent, DateSent< and DateSent>."""
    query = call.query
    to, sender = query.get("To"), query.get("From")
    low, high = _date_bounds(query)
    account = call.account.sid

    def fits(text: Text) -> bool:
        return (
            text.account_sid == account
            and (not to or text.to == to)
            and (not sender or text.sender == sender)
            and low <= (text.sent_at or text.created) < high
            and text.direction != "carrier"
        )

    found = [text for text in call.emulator.world.texts.newest_first() if fits(text)]
    return page_of(call, "messages", found, show_message)


def list_media(call: ApiCall, text: Text) -> Answer:
    """GET Media.json of a message."""
    return page_of(call, "media_list", text.media, lambda one: show_medium(text, one))


def list_numbers(call: ApiCall) -> Answer:
    """GET IncomingPhoneNumbers.json, filtered by part of the number or by name."""
    wanted, name = call.query.get("PhoneNumber", ""), call.query.get("FriendlyName")
    digits = wanted.replace("*", "")
    found = [
        number
        for number in call.emulator.world.numbers.values()
        if number.account_sid == call.account.sid
        and digits in number.phone_number
        and (name is None or number.friendly_name == name)
    ]
    return page_of(call, "incoming_phone_numbers", found, show_number)


def page_size(query: dict[str, str]) -> int:
    """PageSize, 1 to 1000, default 50."""
    given = query.get("PageSize", "50")
    if not given.isdecimal():
        raise TwilioError(20001, "PageSize must be a number from 1 to 1000.")
    return min(max(int(given), 1), 1_000)


def page_of(
    call: ApiCall,
    name: str,
    found: Sequence[T],
    show: Callable[[T], dict[str, Any]],
) -> Answer:
    """One page of what was found, as the query asks for it."""
    size = page_size(call.query)
    number = int(call.query.get("Page", "0")) if call.query.get("Page", "0").isdecimal() else 0
    start = _start_of(call.query.get("PageToken", ""), [one.sid for one in found], number * size)
    shown = found[start : start + size]
    base = {key: value for key, value in call.query.items() if key not in _PAGING} | {"PageSize": str(size)}

    def address(page: int, token: str = "") -> str:
        query = base | {"Page": str(page)} | ({"PageToken": token} if token else {})
        return f"{call.full_path}?{urlencode(query)}"

    more = start + size < len(found)
    content = {
        "end": max(number * size + len(shown) - 1, 0),
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1, "PA" + shown[-1].sid) if more else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": address(number - 1) if number else None,
        "start": number * size,
        "uri": address(number, call.query.get("PageToken", "")),
        name: [show(one) for one in shown],
    }
    return resource(200, content)


def _start_of(token: str, sids: list[str], otherwise: int) -> int:
    """Where a page begins: after the sid the token names, so that new messages do not shift it."""
    if token[2:] not in sids:
        return otherwise
    return sids.index(token[2:]) + 1


def _date_bounds(query: dict[str, str]) -> tuple[float, float]:
    low, high = float("-inf"), float("inf")
    for name, value in query.items():
        if not name.startswith("DateSent") or not value:
            continue
        at, width = _read_moment(value)
        if name != "DateSent<":
            low = at
        if name != "DateSent>":
            high = at + width
    return low, high


def _read_moment(value: str) -> tuple[float, float]:
    """A day (as long as a day) or a second, in UTC."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise TwilioError(20001, f"DateSent is not a date: {value}") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    width = timedelta(days=1) if len(value) == 10 else timedelta(seconds=1)
    return moment.timestamp(), width.total_seconds()
