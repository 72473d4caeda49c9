"""Calls: start one, look it up, end it or give it another document."""

from typing import Any

from answerback_emulator.calls.changes import move_call
from answerback_emulator.door import Answer
from answerback_emulator.twilio.answers import ApiCall, TwilioError, not_found, resource
from answerback_emulator.twilio.lists import page_of
from answerback_emulator.twilio.shapes import API, rfc2822
from answerback_emulator.twilio.voice.outgoing import source_of, start_call, subscription_of
from answerback_emulator.twilio.voice.reports import subscribe
from answerback_emulator.twilio.voice.script import redirect
from answerback_emulator.world.calls import Call

_SUBRESOURCES = ("notifications", "recordings", "events", "payments", "siprec", "streams", "transcriptions")


def create_call(call: ApiCall) -> Answer:
    """POST Calls.json: 201 with a queued call."""
    return resource(201, _show(call, start_call(call)))


def fetch_call(call: ApiCall, sid: str) -> Answer:
    """GET one call."""
    return resource(200, _show(call, _find(call, sid)))


def list_calls(call: ApiCall) -> Answer:
    """GET Calls.json with To, From, Status and ParentCallSid."""
    query = call.query

    def fits(one: Call) -> bool:
        parent = one.parent.id if one.parent is not None else ""
        asked = {"To": one.to, "From": one.sender, "Status": one.status, "ParentCallSid": parent}
        return one.account_sid == call.account.sid and all(
            query[name] == value for name, value in asked.items() if query.get(name)
        )

    found = [one for one in call.emulator.world.calls.newest_first() if fits(one)]
    return page_of(call, "calls", found, lambda one: _show(call, one))


def update_call(call: ApiCall, sid: str) -> Answer:
    """POST one call: Status=completed or canceled ends it, Url or Twiml gives it something else to do."""
    one, wanted = _find(call, sid), call.form.get("Status")
    source = source_of(call.form)
    if wanted not in {"", "completed", "canceled"}:
        raise TwilioError(21218, f"Invalid Status: {wanted}")
    if "StatusCallback" in call.form:
        subscribe(call.emulator, one, subscription_of(call.form))
    if source is not None:
        if one.status != "in-progress":
            raise TwilioError(21220, "Call is not in-progress. Cannot redirect.")
        redirect(call.emulator, one, source)
    elif one.status in {"queued", "ringing"} and wanted:
        move_call(call.emulator, one, "canceled")
    elif wanted == "completed":
        move_call(call.emulator, one, "completed")
    elif wanted == "canceled":
        raise TwilioError(21220, "Call is in-progress or over. Cannot cancel.")
    return resource(200, _show(call, one))


def delete_call(call: ApiCall, sid: str) -> Answer:
    """DELETE a call that is over."""
    one = _find(call, sid)
    if not one.is_over:
        raise TwilioError(20409, "The call is not over yet", 409)
    call.emulator.world.calls.remove(sid)
    return Answer(204)


def _find(call: ApiCall, sid: str) -> Call:
    found = call.emulator.world.calls.find(sid)
    if found is None or found.account_sid != call.account.sid:
        raise not_found(call.full_path)
    return found


def _show(api_call: ApiCall, call: Call) -> dict[str, Any]:
    """The Call resource."""
    uri = f"{API}{call.account_sid}/Calls/{call.id}"
    number = api_call.emulator.world.numbers.get(call.number)
    return {
        "account_sid": call.account_sid,
        "annotation": None,
        "answered_by": None,
        "api_version": "2010-04-01",
        "caller_name": None,
        "date_created": rfc2822(call.created),
        "date_updated": rfc2822(call.updated),
        "direction": call.direction,
        "duration": str(call.seconds) if call.is_over else None,
        "end_time": rfc2822(call.ended),
        "forwarded_from": None,
        "from": call.sender,
        "from_formatted": call.sender,
        "group_sid": None,
        "parent_call_sid": call.parent.id if call.parent is not None else None,
        "phone_number_sid": number.sid if number is not None else None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.id,
        "start_time": rfc2822(call.answered),
        "status": call.status,
        "subresource_uris": {name: f"{uri}/{name.capitalize()}.json" for name in _SUBRESOURCES},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }
