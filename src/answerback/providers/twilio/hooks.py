"""What Twilio hears back: empty TwiML. Answers to customers go out through the API, never in the webhook's answer."""

from answerback.domain.ids import MessageId
from answerback.providers.contract import Account, CallbackUrls, HookAnswer, HookRequest
from answerback.providers.facts import Door

_SILENCE = HookAnswer(200, "text/xml; charset=utf-8", b'<?xml version="1.0" encoding="UTF-8"?><Response/>')
_NOTED = HookAnswer(200, "text/plain; charset=utf-8", b"")


def answer(request: HookRequest) -> HookAnswer:
    """No reply to a text; no instructions for a call that is not ours to conduct (calls.py), which ends it."""
    return _NOTED if request.door is Door.STATUS else _SILENCE


def callback_urls(public_url: str, account: Account) -> CallbackUrls:
    base = f"{public_url.rstrip('/')}/hooks/twilio/{account.id}"
    return CallbackUrls(message=f"{base}/message", status=f"{base}/status", voice=f"{base}/voice")


def status_callback(public_url: str, account: Account, message_id: MessageId) -> str:
    return f"{callback_urls(public_url, account).status}?message={message_id}"
