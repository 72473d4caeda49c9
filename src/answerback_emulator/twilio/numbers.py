"""IncomingPhoneNumbers and Accounts: look up, and change only the settings that are named."""

import time

from answerback_emulator.door import Answer
from answerback_emulator.twilio.answers import ApiCall, TwilioError, not_found, resource
from answerback_emulator.twilio.shapes import show_account, show_number
from answerback_emulator.world.records import Number

_TEXT_FIELDS = {
    "FriendlyName": "friendly_name",
    "SmsApplicationSid": "sms_application_sid",
    "VoiceApplicationSid": "voice_application_sid",
}
_URL_FIELDS = {
    "SmsUrl": "sms_url",
    "SmsFallbackUrl": "sms_fallback_url",
    "VoiceUrl": "voice_url",
    "VoiceFallbackUrl": "voice_fallback_url",
    "StatusCallback": "status_callback",
}
_METHOD_FIELDS = {
    "SmsMethod": "sms_method",
    "SmsFallbackMethod": "sms_fallback_method",
    "VoiceMethod": "voice_method",
    "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallbackMethod": "status_callback_method",
}


def fetch_account(call: ApiCall) -> Answer:
    """GET the account: the cheapest check of credentials."""
    return resource(200, show_account(call.account))


def fetch_number(call: ApiCall, sid: str) -> Answer:
    """GET one number."""
    return resource(200, show_number(_find(call, sid)))


def update_number(call: ApiCall, sid: str) -> Answer:
    """POST one number: fields not named keep their value."""
    number = _find(call, sid)
    changes: dict[str, str] = {}
    for name, value in call.form.items():
        if name in _URL_FIELDS:
            if value and not value.startswith(("http://", "https://")):
                raise TwilioError(21502 if name.startswith("Sms") else 21210, f"{name} is not a valid URL: {value}")
            changes[_URL_FIELDS[name]] = value
        elif name in _METHOD_FIELDS:
            if value not in {"GET", "POST"}:
                raise TwilioError(21403, f"{name} must be GET or POST.")
            changes[_METHOD_FIELDS[name]] = value
        elif name in _TEXT_FIELDS:
            changes[_TEXT_FIELDS[name]] = value
    for attribute, value in changes.items():
        setattr(number, attribute, value)
    number.updated = time.time()
    return resource(200, show_number(number))


def _find(call: ApiCall, sid: str) -> Number:
    number = call.emulator.world.numbers_by_sid.get(sid)
    if number is None or number.account_sid != call.account.sid:
        raise not_found(call.full_path)
    return number
