"""The form fields of an inbound-message webhook, in the order and spelling Twilio uses."""

from answerback_emulator.twilio.shapes import API
from answerback_emulator.world.areas import area_of
from answerback_emulator.world.records import Text


def inbound_fields(text: Text, base_url: str) -> list[tuple[str, str]]:
    """All documented fields; media addresses are under `base_url`."""
    sender = text.sender or ""
    fields = [
        *place_fields("To", text.to),
        ("SmsMessageSid", text.sid),
        ("NumMedia", str(text.num_media)),
        *place_fields("From", sender),
        ("SmsSid", text.sid),
        ("SmsStatus", "received"),
        ("Body", text.body),
        ("To", text.to),
        ("NumSegments", str(text.parts)),
        ("MessageSid", text.sid),
        ("AccountSid", text.account_sid),
        ("From", sender),
        ("ApiVersion", "2010-04-01"),
    ]
    if text.service_sid is not None:
        fields.append(("MessagingServiceSid", text.service_sid))
    if text.opt_out_type is not None:
        fields.append(("OptOutType", text.opt_out_type))
    for place, medium in enumerate(text.media):
        path = f"{API}{text.account_sid}/Messages/{text.sid}/Media/{medium.sid}"
        fields.append((f"MediaContentType{place}", medium.content_type))
        fields.append((f"MediaUrl{place}", base_url + path))
    return fields


def place_fields(side: str, number: str) -> list[tuple[str, str]]:
    """Where a number is from, as the fields of one side (From, To, Caller, Called)."""
    area = area_of(number)
    if area is None:
        return [(f"{side}Country", "US")] if not number.startswith("+") or number.startswith("+1") else []
    return [
        (f"{side}Country", area.country),
        (f"{side}State", area.state),
        (f"{side}City", area.city),
        (f"{side}Zip", area.zip),
    ]
