"""Twilio's calls: reads the news of them, says what happens next, and places them for agents.

Each address we give names the step it is about, and a call of ours by its id; Twilio signs the whole address.
"""

from typing import Final

from answerback.domain.calls.behaviour import Connect, Decline, LeaveAlone, Speak, plan_outgoing
from answerback.domain.calls.status import CallStatus
from answerback.domain.ids import CallId
from answerback.providers.calls import CallNews, CallOrder, CallTurn, NotPlaced, Placed, PlaceResult, UnclearCall
from answerback.providers.contract import HookAnswer, HookRequest, Malformed
from answerback.providers.exchange import AnswerLostError, NotReachedError
from answerback.providers.form_body import Pairs
from answerback.providers.twilio import twiml
from answerback.providers.twilio.client import Answer, Client
from answerback.providers.twilio.fields import fields_of, first, form_problem, id_problem, our_id
from answerback.providers.twilio.forms import parse_form, query_of

# https://www.twilio.com/docs/voice/api/call-resource#call-status-values
STATUSES: Final = {
    "queued": CallStatus.RINGING,
    "initiated": CallStatus.RINGING,
    "ringing": CallStatus.RINGING,
    "in-progress": CallStatus.ANSWERED,
    "completed": CallStatus.COMPLETED,
    "busy": CallStatus.BUSY,
    "no-answer": CallStatus.MISSED,
    "failed": CallStatus.FAILED,
    "canceled": CallStatus.MISSED,
}
OWN_PHONE: Final = {
    CallStatus.BUSY: "The agent's own phone was busy. Call again when it is free.",
    CallStatus.MISSED: "The agent's own phone was not answered. Call again and pick it up.",
    CallStatus.FAILED: "The agent's own phone could not be reached. Check it in the profile.",
}
INCOMING, DIALED, ANSWERED, PLACED = "", "dialed", "answered", "placed"
HANG_UP = HookAnswer(200, "text/xml; charset=utf-8", twiml.response())


def parse_call(request: HookRequest) -> CallNews | Malformed:
    """https://www.twilio.com/docs/voice/twiml#request-parameters."""
    fields = fields_of(request)
    query = dict(parse_form(query_of(request).encode()))
    sid = first(fields, "ParentCallSid", "CallSid") if query.get("step") == ANSWERED else first(fields, "CallSid")
    problem = form_problem(request) or id_problem("CallSid", sid)
    if problem is not None:
        return problem
    named = our_id(request, "call", "a call")
    if isinstance(named, Malformed):
        return named
    ours = CallId(named) if named is not None else None
    step = query.get("step", INCOMING)
    word = first(fields, "DialCallStatus" if step == DIALED else "CallStatus").lower()
    status = STATUSES.get(word)
    if status is None:
        return Malformed("CallStatus", "is no status this version knows" if word else "is missing")
    if step == PLACED:
        return _own_phone(sid, status, ours)
    told = ours is None and step != ANSWERED  # there they are the second leg's
    seconds = _seconds(first(fields, "DialCallDuration" if step == DIALED else "CallDuration"))
    return CallNews(
        sid,
        status,
        line=first(fields, "To") if told else "",
        phone=_phone(first(fields, "From")) if told else "",
        our_call_id=ours,
        comes_in=step == INCOMING and status is CallStatus.RINGING,
        reached=step == ANSWERED or (step == DIALED and status is CallStatus.COMPLETED),
        duration_seconds=seconds,
        step=step,
    )


def conduct(turn: CallTurn) -> HookAnswer:
    """TwiML for what comes next; nothing more to do ends the call."""
    news = turn.news
    if not news.comes_in:
        return HANG_UP
    match turn.plan:
        case Speak(words, language) if words:
            return _twiml(twiml.say(words, language), "<Hangup/>")
        case Connect() as plan:
            return _twiml(twiml.say(plan.words, plan.language), twiml.dial(plan, turn.voice_url))
        case Speak() | Decline():
            return _twiml(twiml.BUSY)
        case LeaveAlone():
            return HANG_UP


async def place(client: Client, order: CallOrder) -> PlaceResult:
    """POST Calls: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource."""
    try:
        answer = await client.post(client.path("/Calls.json"), form_of(order))
    except NotReachedError as error:
        return NotPlaced(error.failure)
    except AnswerLostError as error:
        return UnclearCall(str(error))
    return _judge(answer)


def form_of(order: CallOrder) -> Pairs:
    call = str(order.call_id)
    plan = plan_outgoing(order.customer, ours=order.line)
    return [
        ("To", order.agent),
        ("From", order.line),
        ("Twiml", twiml.response(twiml.dial(plan, order.voice_url, call=call)).decode()),
        ("Timeout", str(twiml.RING_SECONDS)),
        ("StatusCallback", twiml.at(order.voice_url, step=PLACED, call=call)),
        ("StatusCallbackMethod", "POST"),
        *(("StatusCallbackEvent", event) for event in ("ringing", "answered", "completed")),
    ]


def _judge(answer: Answer) -> PlaceResult:
    if answer.status < 300:
        sid = answer.document.get("sid") if answer.document else None
        return Placed(sid) if isinstance(sid, str) and sid else UnclearCall("Twilio's answer cannot be read")
    if answer.status == 408 or answer.status >= 500:
        return UnclearCall(f"Twilio answered {answer.status}, which leaves open whether it rang")
    return NotPlaced(answer.failure)


def _own_phone(sid: str, status: CallStatus, ours: CallId | None) -> CallNews:
    """The agent's leg: that it is answered only begins the call to the customer."""
    heard = CallStatus.RINGING if status is CallStatus.ANSWERED else status
    if status in OWN_PHONE:
        return CallNews(sid, CallStatus.FAILED, our_call_id=ours, trouble=OWN_PHONE[status], step=PLACED)
    return CallNews(sid, heard, our_call_id=ours, step=PLACED)


def _twiml(*verbs: str) -> HookAnswer:
    return HookAnswer(200, "text/xml; charset=utf-8", twiml.response(*verbs))


def _phone(caller: str) -> str:
    """E.164, or "" for "anonymous", "+266696687" (that word on a dial pad), a SIP address and the like."""
    digits = caller.removeprefix("+")
    dialled = caller.startswith("+") and digits.isascii() and digits.isdecimal() and caller != "+266696687"
    return caller if dialled else ""


def _seconds(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 8 else None
