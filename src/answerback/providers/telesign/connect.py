"""How a TeleSign number's texts come here. TeleSign has no API for it, so these are steps with the values to enter.

https://developer.telesign.com/enterprise/docs/inbound-sms-get-started
"""

from answerback.providers.contract import AvailableNumber, CallbackUrls, Check, Entry


def connect_number(number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
    """One Transaction Callback URL serves the whole account."""
    name = number.address.removeprefix("+")
    seen = "TeleSign does not let its settings be read, so a text to the number is the proof."
    sender = f"Self-service: buy {name} in the TeleSign portal. Full service: ask support to allow it as a sender ID."
    two_way = (
        "Self-service: in the TeleSign portal open SMS, Manage settings, and set SMS 2-Way Inbound Enabled to Enabled. "
        "Full service: ask TeleSign's support to enable Inbound SMS."
    )
    return [
        _callback(urls.message, seen),
        Check("Inbound texts", None, seen, two_way),
        Check("Sender", None, seen, sender),
    ]


def _callback(address: str, seen: str) -> Check:
    fix = (
        "Self-service: in the TeleSign portal open SMS, Settings, and add the address under Customer Callback URLs. "
        "Full service: give it to TeleSign's support for the Transaction Callback Service."
    )
    return Check("Callback address", None, seen, fix, (Entry("Customer Callback URLs", address),))
