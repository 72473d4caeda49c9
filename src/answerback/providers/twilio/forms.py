"""Reads application/x-www-form-urlencoded as `urllib.parse.parse_qsl` does, in a fraction of its time.

Every webhook passes here; a property test holds it equal to the standard library.
"""

from urllib.parse import parse_qsl, unquote

from answerback.providers.contract import HookRequest

Pairs = list[tuple[str, str]]

# One escape is one character only below 0x80; above, escapes form UTF-8 sequences and take the longer way.
_ASCII = {high + low: chr(int(high + low, 16)) for high in "01234567" for low in "0123456789abcdefABCDEF"}


def parse_form(body: bytes) -> Pairs:
    """Names and values in order, repeated and empty ones kept; bytes that are not UTF-8 become U+FFFD."""
    if not body.isascii():
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    text = body.decode("ascii")
    if "+" in text:
        text = text.replace("+", " ")
    pairs = []
    for part in text.split("&"):
        if part:
            name, _, value = part.partition("=")
            pairs.append((_unescape(name) if "%" in name else name, _unescape(value) if "%" in value else value))
    return pairs


def _unescape(text: str) -> str:
    first, *escaped = text.split("%")
    pieces = [first]
    for piece in escaped:
        character = _ASCII.get(piece[:2])
        if character is None:
            return unquote(text, errors="replace")
        pieces.append(character + piece[2:])
    return "".join(pieces)


def pairs_of(request: HookRequest) -> Pairs:
    """The parameters Twilio sent: the form of a POST, the query of a GET. Read once per request."""
    known: Pairs | None = request.scratch.get("pairs")
    if known is None:
        known = parse_form(query_of(request).encode() if request.method == "GET" else request.body)
        request.scratch["pairs"] = known
    return known


def query_of(request: HookRequest) -> str:
    """The query of the signed address, not of the request line: what is read is what was proved."""
    return request.url.partition("#")[0].partition("?")[2]


def is_form(request: HookRequest) -> bool:
    return request.headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded")
