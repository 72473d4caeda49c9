"""Event Grid's door: the key in its address, the two handshakes that open it, and what it hears back.

Event Grid signs nothing; a secret in the address is what it documents for proving itself:
https://learn.microsoft.com/azure/event-grid/security-authentication
"""

import hmac
from urllib.parse import parse_qs, quote

import msgspec

from answerback.providers.acs.events import VALIDATION, GridEvent, events_of
from answerback.providers.contract import Account, CallbackUrls, Forged, Genuine, HookAnswer, HookRequest

KEY = "key"
_NOTED = HookAnswer(200, "text/plain; charset=utf-8", b"")


def verify(request: HookRequest, account: Account) -> Genuine | Forged:
    """The new key, or while it is being changed in Event Grid the former one."""
    given = parse_qs(request.query).get(KEY, [""])[0]
    known = (account.credentials.get(name, "").strip() for name in ("webhook_key", "webhook_key_old"))
    if any(key and hmac.compare_digest(given.encode(), key.encode()) for key in known):
        return Genuine()
    if not given:
        return Forged("The address has no key. Copy the whole address, with ?key=, into the Event Grid subscription.")
    return Forged(
        "The key in the address is not this account's. Copy the address into the Event Grid subscription again."
    )


def answer(request: HookRequest) -> HookAnswer:
    """Handshakes are answered at once; 200 for whatever is safely kept.

    CloudEvents asks by OPTIONS (https://github.com/cloudevents/spec, HTTP webhook, 4); Event Grid's own schema by an
    event whose code has to come back.
    """
    if request.method == "OPTIONS":
        origin = request.headers.get("webhook-request-origin", "")
        if not origin:
            return _NOTED
        rate = request.headers.get("webhook-request-rate", "*")
        allowed = (("webhook-allowed-origin", origin), ("webhook-allowed-rate", rate))
        return HookAnswer(200, "text/plain; charset=utf-8", b"", allowed)
    for event in events_of(request):
        if isinstance(event, GridEvent) and event.kind == VALIDATION:
            code = {"validationResponse": str(event.data.get("validationcode") or "")}
            return HookAnswer(200, "application/json", msgspec.json.encode(code))
    return _NOTED


def callback_urls(public_url: str, account: Account) -> CallbackUrls:
    key = quote(account.credentials.get("webhook_key", ""), safe="")
    address = f"{public_url.rstrip('/')}/hooks/acs/{account.id}?{KEY}={key}"
    return CallbackUrls(message=address, status=address, voice=address)
