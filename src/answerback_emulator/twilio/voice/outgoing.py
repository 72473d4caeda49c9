"""The centre calls a phone through the API: it rings, and who answers hears the TwiML."""

import asyncio
from secrets import token_hex

from answerback_emulator.calls.changes import begin_call
from answerback_emulator.calls.ringing import ring_phone
from answerback_emulator.twilio.answers import ApiCall, Form, TwilioError
from answerback_emulator.twilio.documents import TwimlError
from answerback_emulator.twilio.voice.dialling import address_of, is_callable
from answerback_emulator.twilio.voice.questions import Source, check_document
from answerback_emulator.twilio.voice.reports import Subscription, report_beginning, subscribe
from answerback_emulator.twilio.voice.script import run_script
from answerback_emulator.world.calls import Call
from answerback_emulator.world.records import Method

_MAGIC_TO = {
    "+15005550001": (21217, "Phone number does not appear to be valid"),
    "+15005550002": (21214, "'To' phone number cannot be reached"),
    "+15005550003": (21215, "Account not authorized to call this number: its region is not enabled"),
    "+15005550004": (21216, "Account not allowed to call this number"),
}
_EVENTS = ("initiated", "ringing", "answered", "completed")


def start_call(api_call: ApiCall) -> Call:
    """Check what is asked for, and let the phone ring. Raises TwilioError as Twilio would."""
    emulator, form = api_call.emulator, api_call.form
    to, sender = _check_ends(api_call)
    source = source_of(form)
    if source is None:
        raise TwilioError(21205, "Url parameter is required.")
    seconds = form.get("Timeout", "60")
    if not seconds.isdecimal() or not 1 <= int(seconds) <= 600:
        raise TwilioError(20001, f"Timeout must be a number of seconds from 1 to 600, not {seconds}")
    call = Call(
        id="CA" + token_hex(16),
        provider="twilio",
        account_sid=api_call.account.sid,
        number=sender,
        phone=address_of(to),
        direction="outbound-api",
        sender=sender,
        to=to,
    )
    subscribe(emulator, call, subscription_of(form))
    begin_call(emulator, call)
    call.script = emulator.spawn(_see_through(api_call, call, source, int(seconds)))
    return call


def source_of(form: Form) -> Source | None:
    """Where the call's document comes from; None when the form does not say."""
    twiml, url = form.get("Twiml"), form.get("Url")
    if twiml:
        try:
            check_document(twiml)
        except TwimlError as error:
            raise TwilioError(error.code, str(error)) from None
        return Source(twiml=twiml)
    if not url:
        return None
    for name in ("Url", "FallbackUrl"):
        if form.get(name) and not form.get(name).startswith(("http://", "https://")):
            raise TwilioError(21205, f"{name} is not a valid URL: {form.get(name)}")
    return Source(url, method_of(form, "Method"), form.get("FallbackUrl"), method_of(form, "FallbackMethod"))


def subscription_of(form: Form) -> Subscription:
    """Who hears of the call, as the form says it."""
    url = form.get("StatusCallback")
    if url and not url.startswith(("http://", "https://")):
        raise TwilioError(21609, f"Invalid 'StatusCallback' URL: {url}")
    asked = frozenset(word for value in form.all("StatusCallbackEvent") for word in value.split())
    if not asked <= set(_EVENTS):
        raise TwilioError(21626, f"Invalid Status Callback Events: {' '.join(sorted(asked - set(_EVENTS)))}")
    return Subscription(url, method_of(form, "StatusCallbackMethod"), asked or frozenset({"completed"}))


def method_of(form: Form, name: str) -> Method:
    """GET or POST, which is what it is when nothing is said."""
    value = form.get(name) or "POST"
    if value not in {"GET", "POST"}:
        raise TwilioError(21403, f"{name} must be GET or POST.")
    return "GET" if value == "GET" else "POST"


def _check_ends(api_call: ApiCall) -> tuple[str, str]:
    to, sender = api_call.form.get("To"), api_call.form.get("From")
    if not to:
        raise TwilioError(21201, "No 'To' number is specified")
    if not sender:
        raise TwilioError(21213, "No 'From' number is specified")
    if to in _MAGIC_TO:
        raise TwilioError(*_MAGIC_TO[to])
    if not is_callable(address_of(to)):
        raise TwilioError(21211, f"Invalid 'To' Phone Number: {to}")
    number = api_call.emulator.world.numbers.get(sender)
    if number is None or number.account_sid != api_call.account.sid or "voice" not in number.capabilities:
        raise TwilioError(21210, f"The source phone number provided, {sender}, is not yet verified for your account")
    return to, sender


async def _see_through(api_call: ApiCall, call: Call, source: Source, seconds: int) -> None:
    emulator = api_call.emulator
    report_beginning(call)
    await asyncio.sleep(emulator.chance.delay_s())
    await ring_phone(emulator, call, seconds)
    if not call.is_over:
        await run_script(emulator, call, source)
