"""The default alphabet of GSM (3GPP TS 23.038, 6.2.1): which characters a text may hold and stay in 7 bits."""

from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""127 characters of one septet each; the 128th place is the escape to the extension table."""

EXTENSION: Final = frozenset("\f^{}\\[~]|€")
"""Characters written as escape and code: two septets, which never lie in two parts."""
