"""What TeleSign hears back, and the one address it calls with reports and texts alike."""

from answerback.providers.contract import Account, CallbackUrls, HookAnswer, HookRequest

_NOTED = HookAnswer(200, "text/plain; charset=utf-8", b"")


def answer(request: HookRequest) -> HookAnswer:
    """Anything but 200 is tried again after 10 and after 30 seconds, then lost:
    https://developer.telesign.com/enterprise/docs/inbound-sms-get-started.
    """
    return _NOTED


def callback_urls(public_url: str, account: Account) -> CallbackUrls:
    address = f"{public_url.rstrip('/')}/hooks/telesign/{account.id}"
    return CallbackUrls(message=address, status=address, voice=address)
