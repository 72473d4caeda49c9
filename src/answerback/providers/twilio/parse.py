"""Turns Twilio's webhooks into the centre's values. Unknown fields are welcome: Twilio adds some without notice."""

from answerback.domain.ids import MessageId
from answerback.providers.contract import DeliveryReport, HookRequest, InboundText, Malformed, MediaItem, VoiceCall
from answerback.providers.twilio.failures import failure_of
from answerback.providers.twilio.forms import is_form, pairs_of, parse_form, query_of
from answerback.providers.twilio.statuses import FAILED, STATUSES

Fields = dict[str, str]

LONGEST_ID = 64
LARGEST_ROW_ID = 2**63 - 1
KEYWORDS = frozenset(("START", "STOP", "HELP"))
REPLACEMENT = "\ufffd"


def parse_message(request: HookRequest) -> tuple[InboundText, ...] | Malformed:
    """https://www.twilio.com/docs/messaging/guides/webhook-request; the body may be empty, with media or without."""
    fields = _fields_of(request)
    sid = _first(fields, "MessageSid", "SmsSid", "SmsMessageSid")
    problem = _form_problem(request) or _id_problem("MessageSid", sid) or _missing(fields, "From", "To")
    if problem is not None:
        return problem
    media = _media_of(fields)
    if isinstance(media, Malformed):
        return media
    segments = fields.get("NumSegments", "")
    keyword = fields.get("OptOutType", "").strip().upper()
    text = InboundText(
        provider_message_id=sid,
        to=fields["To"].strip(),
        sender=fields["From"].strip(),
        body=fields.get("Body", "").replace("\0", REPLACEMENT),  # PostgreSQL's text cannot hold NUL
        media=media,
        parts=int(segments) if segments.isdecimal() and len(segments) <= 4 else None,
        opt_out_kind=keyword if keyword in KEYWORDS else None,
    )
    return (text,)


def parse_status(request: HookRequest) -> tuple[DeliveryReport, ...] | Malformed:
    """https://www.twilio.com/docs/messaging/guides/track-outbound-message-status; no report for a text to us."""
    fields = _fields_of(request)
    sid = _first(fields, "MessageSid", "SmsSid")
    word = _first(fields, "MessageStatus", "SmsStatus").lower()
    problem = _form_problem(request) or _id_problem("MessageSid", sid)
    if problem is not None:
        return problem
    if word not in STATUSES:
        return Malformed("MessageStatus", "is no status this version knows" if word else "is missing")
    ours = _our_message(request)
    if isinstance(ours, Malformed):
        return ours
    status = STATUSES[word]
    if status is None:
        return ()
    code = fields.get("ErrorCode", "").strip()
    code = "" if code == "0" else code[:LONGEST_ID]
    failure = failure_of(code or None) if status in FAILED else None
    return (DeliveryReport(sid, status, error_code=code or None, failure=failure, our_message_id=ours),)


def parse_voice(request: HookRequest) -> VoiceCall | Malformed:
    """https://www.twilio.com/docs/voice/twiml#request-parameters; From may be a word such as "anonymous"."""
    fields = _fields_of(request)
    sid = _first(fields, "CallSid")
    problem = _form_problem(request) or _id_problem("CallSid", sid) or _missing(fields, "From", "To")
    if problem is not None:
        return problem
    return VoiceCall(sid, fields["To"].strip(), fields["From"].strip(), fields.get("CallStatus", "").strip())


def _fields_of(request: HookRequest) -> Fields:
    """The first value of each name."""
    return dict(reversed(pairs_of(request)))


def _form_problem(request: HookRequest) -> Malformed | None:
    if request.method == "GET" or is_form(request):
        return None
    return Malformed("Content-Type", "is not application/x-www-form-urlencoded, the only form Twilio texts come in")


def _first(fields: Fields, *names: str) -> str:
    return next((fields[name].strip() for name in names if fields.get(name, "").strip()), "")


def _id_problem(name: str, value: str) -> Malformed | None:
    if not value:
        return Malformed(name, "is missing")
    if len(value) > LONGEST_ID or not value.isprintable():
        return Malformed(name, f"is not an id of at most {LONGEST_ID} printable characters")
    return None


def _missing(fields: Fields, *names: str) -> Malformed | None:
    for name in names:
        value = fields.get(name, "").strip()
        if not value:
            return Malformed(name, "is missing")
        if not value.isprintable():
            return Malformed(name, "holds characters that no address has")
    return None


def _media_of(fields: Fields) -> tuple[MediaItem, ...] | Malformed:
    """All media, also those beyond NumMedia; one that was announced and is not there makes the text malformed."""
    announced = fields.get("NumMedia", "").strip() or "0"
    if not announced.isdecimal() or len(announced) > 3:
        return Malformed("NumMedia", "is not a number")
    media: list[MediaItem] = []
    while url := fields.get(f"MediaUrl{len(media)}", "").strip():
        content_type = fields.get(f"MediaContentType{len(media)}", "").strip()
        media.append(MediaItem(url, content_type or "application/octet-stream"))
    if len(media) < int(announced):
        return Malformed(f"MediaUrl{len(media)}", f"is missing although NumMedia announces {int(announced)}")
    return tuple(media)


def _our_message(request: HookRequest) -> MessageId | Malformed | None:
    """The id we wrote into the callback address of the text; None where the address names no text."""
    written = dict(parse_form(query_of(request).encode())).get("message")
    if written is None:
        return None
    digits = written.isascii() and written.isdecimal() and len(written) < 20
    if not digits or int(written) > LARGEST_ROW_ID:
        return Malformed("message", "in the address is not the id of a text")
    return MessageId(int(written))
