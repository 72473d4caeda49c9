"""SIP addresses, as far as we must read them: whether one can be dialled."""

import re

_SIP = re.compile(r"sips?:[A-Za-z0-9.!%*_+~'()&=$,?/-]{1,64}@[A-Za-z0-9.-]{1,190}(:\d{1,5})?").fullmatch


def is_sip(address: str) -> bool:
    """`sip:ana@example.org`; without parameters or headers, which could change what is dialled."""
    return _SIP(address) is not None
