"""Status callbacks of calls: which of their events somebody asked for, and the fields they carry."""

import time
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.callbacks import Callback, post_callback
from answerback_emulator.twilio.shapes import rfc2822
from answerback_emulator.twilio.voice.questions import call_fields
from answerback_emulator.world.calls import Call
from answerback_emulator.world.records import Method

_EVENTS = {"queued": "initiated", "ringing": "ringing", "in-progress": "answered"}


@dataclass(slots=True)
class Subscription:
    """Who hears of a call, and of which events: initiated, ringing, answered, completed."""

    url: str
    method: Method = "POST"
    events: frozenset[str] = frozenset({"completed"})
    numbers: "count[int]" = field(default_factory=count)


def subscribe(emulator: Emulator, call: Call, subscription: Subscription) -> None:
    """Report the call's changes from now on; without a URL nobody hears."""
    call.listener = partial(_report, emulator, subscription) if subscription.url else None


def report_beginning(call: Call) -> None:
    """The call is being set up: the first event there is."""
    if call.listener is not None:
        call.listener(call)


def _report(emulator: Emulator, subscription: Subscription, call: Call) -> None:
    if _EVENTS.get(call.status, "completed") not in subscription.events:
        return
    status = "initiated" if call.status == "queued" else call.status
    fields = [(name, status if name == "CallStatus" else value) for name, value in call_fields(call)]
    fields += [
        ("Timestamp", rfc2822(time.time()) or ""),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(next(subscription.numbers))),
    ]
    if call.is_over:
        fields += [("CallDuration", str(call.seconds)), ("Duration", str(-(-call.seconds // 60)))]
    post_callback(emulator, Callback(call.account_sid, call.id, status, subscription.url, fields, subscription.method))
