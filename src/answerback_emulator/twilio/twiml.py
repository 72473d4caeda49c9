"""What TwiML means for texts: only <Message> is of interest."""

from dataclasses import dataclass, field

from answerback_emulator.twilio.documents import Element, TwimlError, read_verbs


@dataclass(slots=True)
class Reply:
    """One <Message> verb. Empty `to` and `sender`: back to who wrote."""

    to: str = ""
    sender: str = ""
    callback_url: str = ""
    body: str = ""
    media: list[str] = field(default_factory=list)


def read_twiml(content_type: str, body: bytes) -> list[Reply]:
    """The replies to send; an empty answer means none. Raises TwimlError."""
    replies = []
    for verb in read_verbs(content_type, body):
        if verb.name == "Message":
            replies.append(_read_reply(verb))
        elif verb.name != "Redirect":
            raise TwimlError(12200, f"<{verb.name}> is not a messaging verb")
    return replies


def _read_reply(verb: Element) -> Reply:
    given = verb.attributes
    return Reply(
        to=given.get("to", ""),
        sender=given.get("from", ""),
        callback_url=given.get("statusCallback") or given.get("action", ""),
        body=verb.words + "".join(one.words for one in verb.named("Body")),
        media=[one.words for one in verb.named("Media") if one.words],
    )
