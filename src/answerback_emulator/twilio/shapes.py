"""How Twilio writes its resources as JSON: names, date formats, numbers as strings."""

from functools import lru_cache
from time import gmtime, strftime
from typing import Any

from answerback_emulator.twilio.error_texts import error_text
from answerback_emulator.world.records import Account, Medium, Number, Service, Text

API = "/2010-04-01/Accounts/"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=4096)
def _rfc2822(second: int) -> str:
    day = gmtime(second)
    return f"{_DAYS[day.tm_wday]}, {day.tm_mday:02} {_MONTHS[day.tm_mon - 1]} " + strftime("%Y %H:%M:%S +0000", day)


def rfc2822(at: float | None) -> str | None:
    """A moment as the 2010 API writes it, in English whatever the locale."""
    return None if at is None else _rfc2822(int(at))


def iso8601(at: float) -> str:
    """A moment as the newer APIs write it."""
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(at))


def show_message(text: Text) -> dict[str, Any]:
    """The Message resource."""
    uri = f"{API}{text.account_sid}/Messages/{text.sid}"
    return {
        "account_sid": text.account_sid,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": rfc2822(text.created),
        "date_sent": rfc2822(text.sent_at),
        "date_updated": rfc2822(text.updated),
        "direction": text.direction,
        "error_code": text.error_code,
        "error_message": None if text.error_code is None else error_text(text.error_code),
        "from": text.sender,
        "messaging_service_sid": text.service_sid,
        "num_media": str(text.num_media),
        "num_segments": str(text.parts),
        "price": text.price,
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
        "to": text.to,
        "uri": f"{uri}.json",
    }


def show_medium(text: Text, medium: Medium) -> dict[str, Any]:
    """The Media resource."""
    return {
        "account_sid": text.account_sid,
        "content_type": medium.content_type,
        "date_created": rfc2822(medium.created),
        "date_updated": rfc2822(medium.created),
        "parent_sid": text.sid,
        "sid": medium.sid,
        "uri": f"{API}{text.account_sid}/Messages/{text.sid}/Media/{medium.sid}.json",
    }


def show_account(account: Account) -> dict[str, Any]:
    """The Account resource; the token is shown, as Twilio does to its owner."""
    uri = f"{API}{account.sid}"
    return {
        "auth_token": account.auth_token,
        "date_created": rfc2822(account.created),
        "date_updated": rfc2822(account.created),
        "friendly_name": account.friendly_name,
        "owner_account_sid": account.sid,
        "sid": account.sid,
        "status": "active",
        "subresource_uris": {
            "messages": f"{uri}/Messages.json",
            "incoming_phone_numbers": f"{uri}/IncomingPhoneNumbers.json",
        },
        "type": "Full",
        "uri": f"{uri}.json",
    }


def show_number(number: Number) -> dict[str, Any]:
    """The IncomingPhoneNumber resource."""
    return {
        "account_sid": number.account_sid,
        "address_requirements": "none",
        "address_sid": None,
        "api_version": "2010-04-01",
        "beta": False,
        "bundle_sid": None,
        "capabilities": {name: name in number.capabilities for name in ("voice", "sms", "mms", "fax")},
        "date_created": rfc2822(number.created),
        "date_updated": rfc2822(number.updated),
        "emergency_address_sid": None,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "friendly_name": number.friendly_name or number.phone_number,
        "identity_sid": None,
        "origin": "twilio",
        "phone_number": number.phone_number,
        "sid": number.sid,
        "sms_application_sid": number.sms_application_sid or None,
        "sms_fallback_method": number.sms_fallback_method,
        "sms_fallback_url": number.sms_fallback_url,
        "sms_method": number.sms_method,
        "sms_url": number.sms_url,
        "status": "in-use",
        "status_callback": number.status_callback,
        "status_callback_method": number.status_callback_method,
        "trunk_sid": None,
        "uri": f"{API}{number.account_sid}/IncomingPhoneNumbers/{number.sid}.json",
        "voice_application_sid": number.voice_application_sid or None,
        "voice_caller_id_lookup": False,
        "voice_fallback_method": number.voice_fallback_method,
        "voice_fallback_url": number.voice_fallback_url,
        "voice_method": number.voice_method,
        "voice_receive_mode": "voice",
        "voice_url": number.voice_url,
    }


def show_service(service: Service, base_url: str) -> dict[str, Any]:
    """The Messaging Service resource."""
    url = f"{base_url}/v1/Services/{service.sid}"
    return {
        "account_sid": service.account_sid,
        "area_code_geomatch": service.area_code_geomatch,
        "date_created": iso8601(service.created),
        "date_updated": iso8601(service.updated),
        "fallback_method": service.fallback_method,
        "fallback_to_long_code": True,
        "fallback_url": service.fallback_url or None,
        "friendly_name": service.friendly_name,
        "inbound_method": service.inbound_method,
        "inbound_request_url": service.inbound_request_url or None,
        "links": {"phone_numbers": f"{url}/PhoneNumbers"},
        "mms_converter": True,
        "scan_message_content": "inherit",
        "sid": service.sid,
        "smart_encoding": service.smart_encoding,
        "status_callback": service.status_callback or None,
        "sticky_sender": service.sticky_sender,
        "synchronous_validation": False,
        "url": url,
        "us_app_to_person_registered": False,
        "use_inbound_webhook_on_number": service.use_inbound_webhook_on_number,
        "usecase": "mixed",
        "validity_period": service.validity_period,
    }


def show_service_number(number: Number, service: Service, base_url: str) -> dict[str, Any]:
    """A number as a member of a service."""
    return {
        "account_sid": number.account_sid,
        "capabilities": [name.upper() for name in number.capabilities],
        "country_code": "US",
        "date_created": iso8601(number.created),
        "date_updated": iso8601(number.updated),
        "phone_number": number.phone_number,
        "service_sid": service.sid,
        "sid": number.sid,
        "url": f"{base_url}/v1/Services/{service.sid}/PhoneNumbers/{number.sid}",
    }
