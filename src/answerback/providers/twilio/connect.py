"""Points the texts of a number at us, and shows what was there before.

Never sends a voice setting: calls stay as they are.
"""

from answerback.providers.contract import AvailableNumber, CallbackUrls, Check, ProviderError
from answerback.providers.exchange import AnswerLostError, Document, NotReachedError
from answerback.providers.form_body import Pairs
from answerback.providers.twilio.client import Client
from answerback.providers.twilio.failures import failure_of

TEXTS_ARRIVE = "Texts arrive here"
VOICE_UNCHANGED = "Voice left alone"
TRY_AGAIN = "Put right what is said here, then connect the number again."


async def connect_number(client: Client, number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
    """Changes the number, or the Messaging Service it is in where the service decides where texts go."""
    try:
        service = None
        if number.messaging_service_id:
            path = f"/v1/Services/{number.messaging_service_id}"
            service = await client.fetch(path)
            if service is None:
                return [_unknown("Messaging Service", number.messaging_service_id)]
            if not service.get("use_inbound_webhook_on_number"):
                return await _connect_service(client, path, service, urls)
        return await _connect_own(client, number, urls)
    except ProviderError as error:
        return [Check(TEXTS_ARRIVE, False, error.failure.sentence, TRY_AGAIN)]


async def _connect_service(client: Client, path: str, before: Document, urls: CallbackUrls) -> list[Check]:
    after = await change(client, path, [("InboundRequestUrl", urls.message), ("InboundMethod", "POST")])
    name = before.get("friendly_name") or before["sid"]
    return [
        _arrival(before.get("inbound_request_url"), after.get("inbound_request_url"), urls),
        Check(
            "Messaging Service",
            True,
            f"The number is in the Messaging Service '{name}', so the service's address was set: "
            "texts to every number of that service now come here.",
        ),
        Check(VOICE_UNCHANGED, True, "A Messaging Service has no voice settings; the number was not touched."),
    ]


async def _connect_own(client: Client, number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
    kind = "SMS/ShortCodes" if number.type == "short_code" else "IncomingPhoneNumbers"
    path = client.path(f"/{kind}/{number.provider_number_id}.json")
    before = await client.fetch(path)
    if before is None:
        return [_unknown("number", number.provider_number_id)]
    form = [("SmsUrl", urls.message), ("SmsMethod", "POST")]
    if before.get("sms_application_sid"):  # an application would take precedence over the address
        form.append(("SmsApplicationSid", ""))
    after = await change(client, path, form)
    voice_before, voice_after = before.get("voice_url") or "nothing", after.get("voice_url") or "nothing"
    return [
        _arrival(before.get("sms_url"), after.get("sms_url"), urls),
        Check(
            VOICE_UNCHANGED,
            voice_before == voice_after,
            f"Calls go to {voice_after}, as before."
            if voice_before == voice_after
            else f"Calls went to {voice_before} and now go to {voice_after}; this change was not made from here.",
            "" if voice_before == voice_after else "See in Twilio who changed the number's voice settings just now.",
        ),
    ]


async def change(client: Client, path: str, form: Pairs) -> Document:
    """The document after the change. Setting an address twice does no harm, so a lost answer is simply an error."""
    try:
        answer = await client.post(path, form)
    except NotReachedError as error:
        raise ProviderError(error.failure) from error
    except AnswerLostError as error:
        raise ProviderError(failure_of(20503)) from error
    if answer.status >= 300 or answer.document is None:
        raise ProviderError(answer.failure)
    return answer.document


def _arrival(before: str | None, after: str | None, urls: CallbackUrls) -> Check:
    was, now = before or "nothing", after or "nothing"
    if now == urls.message:
        same = was == now
        return Check(TEXTS_ARRIVE, True, f"Texts go to {now}, as before." if same else f"Before: {was}. Now: {now}.")
    return Check(TEXTS_ARRIVE, False, f"Before: {was}. Now: {now}, although {urls.message} was set.", TRY_AGAIN)


def _unknown(what: str, sid: str) -> Check:
    return Check(
        TEXTS_ARRIVE,
        False,
        f"Twilio knows no {what} {sid} in this account.",
        "Choose the number anew from the account's list.",
    )
