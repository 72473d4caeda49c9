"""Messaging Services (messaging.twilio.com/v1): fetch, list, change webhooks, and the numbers in the pool."""

import time
from typing import Any

from answerback_emulator.door import Answer
from answerback_emulator.twilio.answers import ApiCall, not_found, resource
from answerback_emulator.twilio.lists import page_size
from answerback_emulator.twilio.shapes import show_service, show_service_number
from answerback_emulator.world.records import Service

_FIELDS = {
    "FriendlyName": "friendly_name",
    "InboundRequestUrl": "inbound_request_url",
    "InboundMethod": "inbound_method",
    "FallbackUrl": "fallback_url",
    "FallbackMethod": "fallback_method",
    "StatusCallback": "status_callback",
}


def list_services(call: ApiCall) -> Answer:
    """GET Services."""
    held = [one for one in call.emulator.world.services.values() if one.account_sid == call.account.sid]
    return _page(call, "services", [show_service(one, call.base_url) for one in held])


def fetch_service(call: ApiCall, sid: str) -> Answer:
    """GET one service."""
    return resource(200, show_service(_find(call, sid), call.base_url))


def update_service(call: ApiCall, sid: str) -> Answer:
    """POST one service: fields not named keep their value."""
    service = _find(call, sid)
    for name, value in call.form.items():
        if name in _FIELDS:
            setattr(service, _FIELDS[name], value)
        elif name == "UseInboundWebhookOnNumber":
            service.use_inbound_webhook_on_number = value == "true"
    service.updated = time.time()
    return resource(200, show_service(service, call.base_url))


def list_service_numbers(call: ApiCall, sid: str) -> Answer:
    """GET the numbers of a service's pool."""
    service = _find(call, sid)
    pool = call.emulator.world.pool(sid)
    return _page(call, "phone_numbers", [show_service_number(one, service, call.base_url) for one in pool])


def _page(call: ApiCall, key: str, shown: list[dict[str, Any]]) -> Answer:
    size = page_size(call.query)
    number = int(call.query.get("Page", "0")) if call.query.get("Page", "0").isdecimal() else 0
    url = f"{call.base_url}{call.full_path}?PageSize={size}&Page="
    more = (number + 1) * size < len(shown)
    meta = {
        "page": number,
        "page_size": size,
        "first_page_url": f"{url}0",
        "previous_page_url": f"{url}{number - 1}" if number else None,
        "next_page_url": f"{url}{number + 1}" if more else None,
        "key": key,
        "url": f"{url}{number}",
    }
    return resource(200, {"meta": meta, key: shown[number * size : (number + 1) * size]})


def _find(call: ApiCall, sid: str) -> Service:
    service = call.emulator.world.services.get(sid)
    if service is None or service.account_sid != call.account.sid:
        raise not_found(call.full_path)
    return service
