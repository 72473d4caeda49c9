"""What Twilio hears back: empty TwiML. Answers to customers go out through the API, never in the webhook's answer."""

from answerback.domain.ids import AccountId, MessageId
from answerback.providers.contract import CallbackUrls, Door, HookAnswer

_SILENCE = HookAnswer(200, "text/xml; charset=utf-8", b'<?xml version="1.0" encoding="UTF-8"?><Response/>')
_NOTED = HookAnswer(200, "text/plain; charset=utf-8", b"")


def answer(door: Door) -> HookAnswer:
    """No reply to a text; no instructions for a call, which ends it."""
    match door:
        case Door.MESSAGE | Door.VOICE:
            return _SILENCE
        case Door.STATUS:
            return _NOTED


def callback_urls(public_url: str, account_id: AccountId) -> CallbackUrls:
    base = f"{public_url.rstrip('/')}/hooks/twilio/{account_id}"
    return CallbackUrls(message=f"{base}/message", status=f"{base}/status", voice=f"{base}/voice")


def status_callback(public_url: str, account_id: AccountId, message_id: MessageId) -> str:
    return f"{callback_urls(public_url, account_id).status}?message={message_id}"
