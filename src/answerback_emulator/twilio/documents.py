"""Reads the TwiML a webhook answers with into a small tree; what the verbs mean is for texts and calls to say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


class TwimlError(Exception):
    """The answer cannot be used; `code` is Twilio's (12300 wrong type, 12100 not readable, 12200 wrong schema)."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(slots=True)
class Element:
    """One element: its name, attributes, the words directly in it, and what it holds."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words directly in the element."""
        return "".join(self.pieces).strip()

    def named(self, name: str) -> Iterator["Element"]:
        """The children of this name."""
        return (one for one in self.children if one.name == name)


class _Builder:
    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def text(self, words: str) -> None:
        self._open[-1].pieces.append(words)

    def end(self, _name: str) -> None:
        self._open.pop()


def read_verbs(content_type: str, body: bytes) -> list[Element]:
    """The verbs in <Response>; an empty answer has none. Raises TwimlError."""
    if not body.strip():
        return []
    if content_type.split(";")[0].strip().lower() not in XML_TYPES:
        raise TwimlError(12300, f"Invalid Content-Type: {content_type or 'none'} supplied")
    return parse_verbs(body)


def parse_verbs(body: bytes) -> list[Element]:
    """The verbs in <Response> of a document. Raises TwimlError."""
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = builder.begin
    parser.CharacterDataHandler = builder.text
    parser.EndElementHandler = builder.end
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise TwimlError(12100, f"Document parse failure: {error}") from None
    (response,) = builder.root.children
    if response.name != "Response":
        raise TwimlError(12100, "The root element must be <Response>")
    return response.children


def _refuse_doctype(*_declaration: object) -> None:
    raise TwimlError(12100, "Document type declarations are not allowed")
