"""Turns Twilio's webhooks into the centre's values. Unknown fields are welcome: Twilio adds some without notice."""

from answerback.domain.ids import MessageId
from answerback.providers.contract import (
    DeliveryReport,
    Happening,
    HookRequest,
    InboundText,
    Malformed,
    MediaItem,
)
from answerback.providers.facts import Door
from answerback.providers.twilio.calls import parse_call
from answerback.providers.twilio.failures import failure_of
from answerback.providers.twilio.fields import (
    LONGEST_ID,
    Fields,
    fields_of,
    first,
    form_problem,
    id_problem,
    missing,
    our_id,
)
from answerback.providers.twilio.statuses import FAILED, STATUSES

KEYWORDS = frozenset(("START", "STOP", "HELP"))
REPLACEMENT = "\ufffd"


def parse(request: HookRequest) -> tuple[Happening, ...]:
    """Which of the three webhooks it is, its door says."""
    match request.door:
        case Door.STATUS:
            report = parse_status(request)
            return () if report is None else (report,)
        case Door.VOICE:
            return (parse_call(request),)
        case _:
            return (parse_message(request),)


def parse_message(request: HookRequest) -> InboundText | Malformed:
    """https://www.twilio.com/docs/messaging/guides/webhook-request; the body may be empty, with media or without."""
    fields = fields_of(request)
    sid = first(fields, "MessageSid", "SmsSid", "SmsMessageSid")
    problem = form_problem(request) or id_problem("MessageSid", sid) or missing(fields, "From", "To")
    if problem is not None:
        return problem
    media = _media_of(fields)
    if isinstance(media, Malformed):
        return media
    segments = fields.get("NumSegments", "")
    keyword = fields.get("OptOutType", "").strip().upper()
    return InboundText(
        provider_message_id=sid,
        to=fields["To"].strip(),
        sender=fields["From"].strip(),
        body=fields.get("Body", "").replace("\0", REPLACEMENT),  # PostgreSQL's text cannot hold NUL
        media=media,
        parts=int(segments) if segments.isdecimal() and len(segments) <= 4 else None,
        opt_out_kind=keyword if keyword in KEYWORDS else None,
    )


def parse_status(request: HookRequest) -> DeliveryReport | Malformed | None:
    """https://www.twilio.com/docs/messaging/guides/track-outbound-message-status; no report for a text to us."""
    fields = fields_of(request)
    sid = first(fields, "MessageSid", "SmsSid")
    word = first(fields, "MessageStatus", "SmsStatus").lower()
    problem = form_problem(request) or id_problem("MessageSid", sid)
    if problem is not None:
        return problem
    if word not in STATUSES:
        return Malformed("MessageStatus", "is no status this version knows" if word else "is missing")
    ours = our_id(request, "message", "a text")
    if isinstance(ours, Malformed):
        return ours
    status = STATUSES[word]
    if status is None:
        return None
    code = fields.get("ErrorCode", "").strip()
    code = "" if code == "0" else code[:LONGEST_ID]
    failure = failure_of(code or None) if status in FAILED else None
    return DeliveryReport(
        sid,
        status,
        error_code=code or None,
        failure=failure,
        our_message_id=MessageId(ours) if ours is not None else None,
    )


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
