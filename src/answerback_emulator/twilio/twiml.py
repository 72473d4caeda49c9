"""Reads the TwiML a webhook answers with: only <Response> with <Message> is of interest for texts."""

from dataclasses import dataclass, field
from xml.parsers import expat

XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


class TwimlError(Exception):
    """The answer cannot be used; `code` is Twilio's (12300 wrong type, 12100 not readable, 12200 wrong schema)."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(slots=True)
class Reply:
    """One <Message> verb. Empty `to` and `sender`: back to who wrote."""

    to: str = ""
    sender: str = ""
    callback_url: str = ""
    body: str = ""
    media: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self._path: list[str] = []
        self._words: list[str] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if self._path[0] != "Response":
            raise TwimlError(12100, "The root element must be <Response>")
        if self._path == ["Response", "Message"]:
            self.replies.append(
                Reply(
                    attributes.get("to", ""),
                    attributes.get("from", ""),
                    attributes.get("statusCallback") or attributes.get("action", ""),
                )
            )
        elif len(self._path) == 2 and name != "Redirect":
            raise TwimlError(12200, f"<{name}> is not a messaging verb")
        self._words = []

    def text(self, words: str) -> None:
        self._words.append(words)

    def close(self, name: str) -> None:
        words = "".join(self._words).strip()
        if self._path[:2] == ["Response", "Message"] and words:
            if name == "Media":
                self.replies[-1].media.append(words)
            else:
                self.replies[-1].body += words
        self._words = []
        self._path.pop()


def read_twiml(content_type: str, body: bytes) -> list[Reply]:
    """The replies to send; an empty answer means none. Raises TwimlError."""
    if not body.strip():
        return []
    if content_type.split(";")[0].strip().lower() not in XML_TYPES:
        raise TwimlError(12300, f"Invalid Content-Type: {content_type or 'none'} supplied")
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.open
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.close
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise TwimlError(12100, f"Document parse failure: {error}") from None
    return reader.replies


def _refuse_doctype(*_declaration: object) -> None:
    raise TwimlError(12100, "Document type declarations are not allowed")
