"""Values as Event Grid writes them."""

SHORT_CODE_LENGTH = 6
LARGEST_ROW_ID = 2**63 - 1


def address_of(written: object) -> str:
    """Numbers may lack their plus; a short code of up to six digits never has one. "" for what is no address."""
    text = str(written).strip() if isinstance(written, (str, int)) else ""
    if not text.isprintable():
        return ""
    if text.isascii() and text.isdecimal() and len(text) > SHORT_CODE_LENGTH:
        return f"+{text}"
    return text
