"""A phone texts a number: store it, handle keywords, post the webhook, fall back, and send the TwiML replies."""

from dataclasses import dataclass
from secrets import token_hex

from answerback_emulator.callbacks import await_callback
from answerback_emulator.delivery.courier import Receipt
from answerback_emulator.emulator import Emulator
from answerback_emulator.phone_side import Typed, new_text, take_text
from answerback_emulator.twilio.documents import TwimlError
from answerback_emulator.twilio.inbound_fields import inbound_fields
from answerback_emulator.twilio.lifecycle import begin
from answerback_emulator.twilio.twiml import Reply, read_twiml
from answerback_emulator.twilio.webhooks import new_event_token, wrap_webhook
from answerback_emulator.world.records import Medium, Method, Number, Received, Text


@dataclass(frozen=True, slots=True)
class _Hook:
    url: str
    method: Method
    fallback_url: str
    fallback_method: Method


async def receive_text(emulator: Emulator, number: Number, phone: str, body: str, *, media: list[Medium]) -> Received:
    """Take a text from a phone and see its webhook through (with whatever the dials do to it)."""
    typed = Typed(number, phone, body, media)
    text = take_text(emulator, typed, _new_sid(media), _new_sid([]))
    return Received(text.sid, await _notify(emulator, number, text))


async def _notify(emulator: Emulator, number: Number, text: Text) -> int | None:
    hook = _hook_for(emulator, number)
    if not hook.url:
        return None
    token = new_event_token()
    receipt = await await_callback(
        emulator, text, hook.url, lambda: _post(emulator, hook.url, hook.method, text, token=token)
    )
    if receipt is None:
        return None
    if not receipt.succeeded:
        emulator.alert(11200, text.sid, hook.url, f"The webhook answered {receipt.status or receipt.failure}")
        if hook.fallback_url:
            extra = [("ErrorCode", "11200"), ("ErrorUrl", hook.url)]
            receipt = await _post(emulator, hook.fallback_url, hook.fallback_method, text, token=token, extra=extra)
    if receipt.succeeded:
        _send_replies(emulator, number, text, receipt)
    return receipt.status


async def _post(
    emulator: Emulator,
    url: str,
    method: Method,
    text: Text,
    *,
    token: str,
    extra: list[tuple[str, str]] | None = None,
) -> Receipt:
    account = emulator.world.accounts[text.account_sid]
    fields = inbound_fields(text, emulator.base_url) + (extra or [])
    return await emulator.courier.carry(wrap_webhook(account, url, fields, token=token, method=method))


def _send_replies(emulator: Emulator, number: Number, text: Text, receipt: Receipt) -> None:
    try:
        replies = read_twiml(receipt.content_type, receipt.body)
    except TwimlError as error:
        emulator.alert(error.code, text.sid, _hook_for(emulator, number).url, str(error))
        return
    for reply in replies:
        _send_reply(emulator, number, text, reply)


def _send_reply(emulator: Emulator, number: Number, text: Text, reply: Reply) -> None:
    world = emulator.world
    to = reply.to or text.sender or ""
    if world.is_opted_out(world.consent_scope(number.phone_number), to):
        emulator.alert(21610, text.sid, "", "The reply was not sent: the phone has opted out")
        return
    media = [Medium("application/octet-stream", url=url) for url in reply.media]
    answer = new_text(number, to, reply.body, direction="outbound-reply", media=media, sid=_new_sid(media))
    answer.callback_url = reply.callback_url
    world.texts.add(answer)
    begin(emulator, answer)


def _new_sid(media: list[Medium]) -> str:
    return ("MM" if media else "SM") + token_hex(16)


def _hook_for(emulator: Emulator, number: Number) -> _Hook:
    service = emulator.world.services.get(number.messaging_service_sid or "")
    if service is not None and not service.use_inbound_webhook_on_number:
        return _Hook(service.inbound_request_url, service.inbound_method, service.fallback_url, service.fallback_method)
    return _Hook(number.sms_url, number.sms_method, number.sms_fallback_url, number.sms_fallback_method)
