"""Which numbers may be texted from and to: their form, whose they are, and who has opted out of them."""

import re

from answerback_emulator.acs.answers import invalid, refused
from answerback_emulator.world.records import Account, Number
from answerback_emulator.world.world import World

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORT_CODE = re.compile(r"[0-9]{5,6}")
_WORDS = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")


def check_sender(world: World, account: Account, sender: str) -> Number:
    """The resource's own number, able to text. Raises AcsError."""
    if not any(form.fullmatch(sender) for form in (PHONE, _SHORT_CODE, _WORDS)):
        raise invalid("From", f"The from value '{sender}' is not a phone number, short code or alphanumeric sender.")
    number = world.numbers.get(sender)
    if number is None or number.account_sid != account.sid:
        raise refused(401, "Unauthorized", "The sender number is not owned by the resource.")
    if "sms" not in number.capabilities:
        raise refused(400, "BadRequest", f"The From phone number {sender} is not enabled for SMS.")
    return number


def is_known_opted_out(world: World, number: Number, phone: str) -> bool:
    """Whether Azure itself knows. A toll-free opt-out is kept by the carriers' network, which tells it afterwards."""
    return number.type != "toll_free" and world.is_opted_out(number.phone_number, phone)
