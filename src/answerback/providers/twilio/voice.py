"""Where a number's calls go: taken over only when an administrator chooses so, and put back as they were."""

from collections.abc import Mapping

from answerback.providers.calls import Taken
from answerback.providers.contract import AvailableNumber, Check, ProviderError
from answerback.providers.exchange import Document
from answerback.providers.form_body import Pairs
from answerback.providers.twilio.client import Client
from answerback.providers.twilio.connect import change
from answerback.providers.twilio.failures import failure_of

CALLS = "Calls"
# Twilio's form fields with the names its documents give them back under.
SETTINGS = {
    "VoiceUrl": "voice_url",
    "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "voice_fallback_url",
    "VoiceFallbackMethod": "voice_fallback_method",
    "VoiceApplicationSid": "voice_application_sid",
    "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method",
}


async def take_calls(client: Client, number: AvailableNumber, voice_url: str) -> tuple[Taken | None, list[Check]]:
    """Points voice address and status callback here; the text settings stay. Raises ProviderError."""
    path, now = await _number(client, number)
    if now.get("trunk_sid"):
        fix = "Take the number off the trunk in Twilio under Elastic SIP Trunking, then choose the behaviour again."
        return None, [Check(CALLS, False, f"The number is on SIP trunk {now['trunk_sid']}, which has its calls.", fix)]
    already = now.get("voice_url") == voice_url and not now.get("voice_application_sid")
    former = {name: str(now.get(key) or "") for name, key in SETTINGS.items()}
    was = _where(former)
    after = await change(client, path, _ours(voice_url, bool(former["VoiceApplicationSid"])))
    if after.get("voice_url") != voice_url:
        evidence = f"Calls go to {after.get('voice_url') or 'nothing'}, although {voice_url} was set."
        return None, [Check(CALLS, False, evidence, "Choose the behaviour again.")]
    if already:
        return Taken(), [Check(CALLS, True, "Calls come here, as before.")]
    evidence = f"Calls come here now. Before: {was}. That is kept, and put back when calls are left alone again."
    return Taken(former, was), [Check(CALLS, True, evidence)]


async def give_calls_back(
    client: Client, number: AvailableNumber, voice_url: str, before: Mapping[str, str]
) -> list[Check]:
    """Only where they still come here: what somebody has set since is theirs. Raises ProviderError."""
    path, now = await _number(client, number)
    if now.get("voice_url") != voice_url:
        return [Check(CALLS, True, "The number's voice settings were changed in Twilio since; they stay as they are.")]
    kept = {name: before.get(name, "") for name in SETTINGS}
    # A method cannot be empty, and an application takes the place of addresses.
    form = [(name, value) for name, value in kept.items() if value or not name.endswith("Method")]
    await change(client, path, form)
    return [Check(CALLS, True, f"Calls go where they went before: {_where(kept)}.")]


async def _number(client: Client, number: AvailableNumber) -> tuple[str, Document]:
    path = client.path(f"/IncomingPhoneNumbers/{number.provider_number_id}.json")
    found = await client.fetch(path)
    if found is None:
        raise ProviderError(failure_of(20404))
    return path, found


def _ours(voice_url: str, has_application: bool) -> Pairs:
    form = [
        ("VoiceUrl", voice_url),
        ("VoiceMethod", "POST"),
        ("StatusCallback", f"{voice_url}?step=ended"),
        ("StatusCallbackMethod", "POST"),
    ]
    return [*form, ("VoiceApplicationSid", "")] if has_application else form


def _where(settings: Mapping[str, str]) -> str:
    """For people; the query of an address may hold a secret."""
    if settings.get("VoiceApplicationSid"):
        return f"application {settings['VoiceApplicationSid']}"
    address = settings.get("VoiceUrl", "").partition("?")[0]
    return address.rpartition("@")[2] if "@" in address else address or "nowhere"
