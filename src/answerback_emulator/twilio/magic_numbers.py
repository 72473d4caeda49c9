"""Numbers that make a send fail in a known way: Twilio's own test numbers, and a range of ours for late failures."""

from answerback_emulator.twilio.answers import TwilioError

VALID_TEST_SENDER = "+15005550006"
_LATE = "+150055"


def check_magic_recipient(to: str) -> None:
    """Raise what Twilio's magic To numbers raise (source: Twilio, "Test credentials")."""
    if not to.startswith("+1500555"):
        return
    match to:
        case "+15005550001":
            raise TwilioError(21211, f"Invalid 'To' Phone Number: {to}")
        case "+15005550002":
            raise unreachable(to)
        case "+15005550003":
            raise TwilioError(21408, f"Permission to send an SMS has not been enabled for the region of {to}")
        case "+15005550004":
            raise TwilioError(21610, "Attempt to send to unsubscribed recipient")
        case "+15005550009":
            raise TwilioError(21614, f"'To' number is not a valid mobile number: {to}")
        case "+15005550429":
            raise TwilioError(20429, "Too Many Requests", 429)
        case _:
            return


def check_magic_sender(sender: str) -> bool:
    """Raise what Twilio's magic From numbers raise; True for the one that is always a valid sender."""
    match sender:
        case "+15005550001":
            raise TwilioError(21212, f"Invalid 'From' Phone Number: {sender}")
        case "+15005550007":
            raise not_a_sender(sender)
        case "+15005550008":
            raise TwilioError(21611, f"This 'From' number ({sender}) has exceeded its queue of messages")
        case _:
            return sender == VALID_TEST_SENDER


def not_a_sender(sender: str) -> TwilioError:
    """21606: the account does not hold this number, or it cannot text."""
    return TwilioError(
        21606,
        f"The 'From' phone number {sender} provided is not a valid message-capable Twilio phone number "
        "for this destination/account",
    )


def unreachable(to: str) -> TwilioError:
    """21612: this recipient cannot be reached from this sender."""
    return TwilioError(
        21612, f"Message cannot be sent with the current combination of 'To' ({to}) and/or 'From' parameters"
    )


def code_in_number(to: str) -> int | None:
    """The code a text to +1 500 55 followed by a 3xxxx code ends with (the emulator's own magic range)."""
    if to.startswith(_LATE) and len(to) == 12 and to[7] == "3":
        return int(to[7:])
    return None
