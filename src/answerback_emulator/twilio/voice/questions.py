"""Asks the centre what to do with a call: the signed webhook, its fallback, and the verbs of the answer."""

from dataclasses import dataclass

from answerback_emulator.delivery.courier import Receipt
from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.documents import TwimlError, parse_verbs, read_verbs
from answerback_emulator.twilio.inbound_fields import place_fields
from answerback_emulator.twilio.voice.verbs import Verb, read_verb
from answerback_emulator.twilio.webhooks import new_event_token, wrap_webhook
from answerback_emulator.world.calls import Call
from answerback_emulator.world.records import Method

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from: an address to ask, or the document itself in `twiml`."""

    url: str = ""
    method: Method = "POST"
    fallback_url: str = ""
    fallback_method: Method = "POST"
    extra: tuple[tuple[str, str], ...] = ()
    twiml: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Verbs to perform, and the address that relative ones in it start from."""

    verbs: list[Verb]
    url: str


async def ask(emulator: Emulator, call: Call, source: Source) -> Document | None:
    """The document of a source; None (and an alert) when there is none to be had or it cannot be read."""
    if source.twiml:
        given = Receipt(200, None, source.twiml.encode(), {b"content-type": b"text/xml"})
        return _read(emulator, call, source.url, receipt=given)
    receipt = await _post(emulator, call, source, source.url)
    if receipt.succeeded:
        document = _read(emulator, call, source.url, receipt=receipt)
        if document is not None or not source.fallback_url:
            return document
        code = 12100
    else:
        code = 11200
        emulator.alert(code, call.id, source.url, f"The webhook answered {receipt.status or receipt.failure}")
    if not source.fallback_url:
        return None
    extra = (*source.extra, ("ErrorCode", str(code)), ("ErrorUrl", source.url))
    second = Source(source.fallback_url, source.fallback_method, extra=extra)
    return await ask(emulator, call, second)


def check_document(twiml: str) -> None:
    """Raise TwimlError when a document cannot be performed."""
    for element in parse_verbs(twiml.encode()):
        read_verb(element)


def call_fields(call: Call) -> Fields:
    """The fields every request about a call has (source: Twilio, "TwiML request parameters")."""
    fields = [
        *place_fields("Called", call.to),
        *place_fields("To", call.to),
        *place_fields("Caller", call.sender),
        *place_fields("From", call.sender),
        ("CallSid", call.id),
        ("CallStatus", call.status),
        ("AccountSid", call.account_sid),
        ("ApiVersion", "2010-04-01"),
        ("Direction", call.direction),
        ("Called", call.to),
        ("To", call.to),
        ("Caller", call.sender),
        ("From", call.sender),
    ]
    if call.parent is not None:
        fields.append(("ParentCallSid", call.parent.id))
    return fields


async def _post(emulator: Emulator, call: Call, source: Source, url: str) -> Receipt:
    account = emulator.world.accounts[call.account_sid]
    fields = [*call_fields(call), *source.extra]
    parcel = wrap_webhook(account, url, fields, token=new_event_token(), method=source.method)
    return await emulator.courier.carry(parcel)


def _read(emulator: Emulator, call: Call, url: str, *, receipt: Receipt) -> Document | None:
    try:
        elements = read_verbs(receipt.content_type, receipt.body)
        return Document([read_verb(element) for element in elements], url.partition("#")[0])
    except TwimlError as error:
        emulator.alert(error.code, call.id, url, str(error))
        return None
