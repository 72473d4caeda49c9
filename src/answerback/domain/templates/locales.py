"""Reads how other systems name a language: a BCP 47 tag, or one of Microsoft's locale numbers (LCID)."""

import locale
import re
from typing import Final

_TAG: Final = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
_PRIMARY: Final = 0x3FF
"""The bits of an LCID that say the language; those above say where it is spoken ([MS-LCID] 2.1)."""
_LANGUAGES: Final = {
    number & _PRIMARY: name.partition("_")[0] for number, name in sorted(locale.windows_locale.items(), reverse=True)
}


def read_locale(written: str) -> str | None:
    """ "es-PR", "es_PR", "3082" (es-ES) or "10" (es) as BCP 47; None when it is none of them."""
    tidy = written.strip()
    if tidy.isascii() and tidy.isdigit() and len(tidy) <= 6:
        known = locale.windows_locale.get(int(tidy)) or _LANGUAGES.get(int(tidy) & _PRIMARY)
        return known.replace("_", "-") if known else None
    return tidy.replace("_", "-") if _TAG.fullmatch(tidy) else None
