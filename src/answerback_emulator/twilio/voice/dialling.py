"""<Dial>: rings everybody it names, puts the call through to the first who answers, and says how it went."""

import asyncio
import re
from secrets import token_hex
from typing import Any

from answerback_emulator.calls.changes import begin_call, move_call
from answerback_emulator.calls.ringing import ring_phone
from answerback_emulator.calls.talking import talk
from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.voice.reports import Subscription, report_beginning, subscribe
from answerback_emulator.twilio.voice.verbs import Dial, Target
from answerback_emulator.world.calls import Call

_FAILED = (("DialCallStatus", "failed"), ("DialBridged", "false"))
_is_number = re.compile(r"\+?[0-9]{3,15}").fullmatch
_is_sip = re.compile(r"sips?:[^@\s]+@\S+").fullmatch
Outcome = tuple[tuple[str, str], ...]


async def dial(emulator: Emulator, call: Call, verb: Dial) -> Outcome:
    """Perform the verb; gives back the fields its action hears."""
    caller_id = verb.caller_id or call.sender
    fault = _fault_of(emulator, call, verb, caller_id)
    if fault is not None:
        emulator.alert(fault[0], call.id, "", fault[1])
        return _FAILED
    legs = [_new_leg(emulator, call, target, caller_id) for target in verb.targets]
    leg = None
    try:
        leg = await _first_answer(emulator, call, legs, verb.timeout)
        if leg is not None:
            _end_legs(emulator, [one for one in legs if one is not leg])
            move_call(emulator, call, "in-progress")
            await talk(emulator, call, leg, verb.time_limit)
    finally:
        _end_legs(emulator, legs)
    return _outcome_of(leg or legs[0])


def address_of(target: str) -> str:
    """The phone a dialled address rings: SIP parameters and headers name no other phone."""
    return re.split(r"[;?]", target.strip(), maxsplit=1)[0]


def is_callable(address: str) -> bool:
    """Whether this is a phone number or SIP address at all."""
    return bool(_is_number(address) or _is_sip(address))


def _fault_of(emulator: Emulator, call: Call, verb: Dial, caller_id: str) -> tuple[int, str] | None:
    """Twilio's code and words for what is wrong with the verb, or None."""
    number = emulator.world.numbers.get(caller_id)
    is_ours = number is not None and number.account_sid == call.account_sid
    if not is_ours and caller_id not in {call.sender, call.to}:
        return 13214, f"Dial: Invalid callerId value: {caller_id}"
    for target in verb.targets:
        if not is_callable(address_of(target.address)):
            return 13223, f"Dial: Invalid phone number format: {target.address}"
    return None if verb.targets else (13223, "Dial: nobody to ring")


def _new_leg(emulator: Emulator, call: Call, target: Target, caller_id: str) -> Call:
    leg = Call(
        id="CA" + token_hex(16),
        provider=call.provider,
        account_sid=call.account_sid,
        number=call.number,
        phone=address_of(target.address),
        direction="outbound-dial",
        sender=caller_id,
        to=target.address,
        parent=call,
    )
    subscription = Subscription(target.status_callback, target.status_callback_method, target.status_callback_events)
    subscribe(emulator, leg, subscription)
    begin_call(emulator, leg)
    report_beginning(leg)
    return leg


async def _first_answer(emulator: Emulator, call: Call, legs: list[Call], seconds: float) -> Call | None:
    """Ring all at once; None when the caller gave up or nobody answered."""
    rings = [asyncio.ensure_future(ring_phone(emulator, leg, seconds)) for leg in legs]
    gone = asyncio.ensure_future(call.over.wait())
    waiting: set[asyncio.Future[Any]] = {*rings, gone}
    try:
        while not gone.done() and not all(ring.done() for ring in rings):
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for leg in legs:
                if leg.status == "in-progress":
                    return leg
        return None
    finally:
        for one in (*rings, gone):
            one.cancel()


def _end_legs(emulator: Emulator, legs: list[Call]) -> None:
    for leg in legs:
        move_call(emulator, leg, "completed" if leg.status == "in-progress" else "canceled")


def _outcome_of(leg: Call) -> Outcome:
    fields = [("DialCallSid", leg.id), ("DialCallStatus", leg.status)]
    if leg.answered is not None:
        fields.append(("DialCallDuration", str(leg.seconds)))
    return (*fields, ("DialBridged", "true" if leg.answered is not None else "false"))
