"""How a resource's calls come here: by its Event Grid subscription, which only the Azure portal changes."""

from answerback.domain.calls.behaviour import Behaviour, VoiceRules
from answerback.providers.acs.call_automation import SPEECH
from answerback.providers.calls import Taken
from answerback.providers.contract import Account, AvailableNumber, Check

INCOMING_CALLS = "Incoming calls"
NO_SIP = "Azure brings calls to phones only: give a phone number like +14155550142."
NO_VOICE = (
    "Azure speaks only with an Azure AI services resource: connect one to the Communication Services resource "
    "(in the Azure portal under Cognitive Services), and enter its endpoint in the provider account."
)
SUBSCRIPTION = "In the Azure portal open the Communication Services resource, Events, and the subscription of the texts"


def why_not(account: Account, rules: VoiceRules) -> str | None:
    if rules.behaviour is Behaviour.FORWARD and not rules.forward_to.startswith("+"):
        return NO_SIP
    if rules.behaviour is Behaviour.GREETING and not account.credentials.get(SPEECH, "").strip():
        return NO_VOICE
    return None


def take_calls(account: Account, number: AvailableNumber) -> tuple[Taken, list[Check]]:
    """Nothing at Azure is changed from here, so nothing has to be put back."""
    steps = (
        f"{SUBSCRIPTION}. Add the event type Incoming Call. Where other numbers of it are answered elsewhere, "
        f"make a subscription of its own, with the filter data.to.rawId: string is in: 4:{number.address}."
    )
    checks = [Check(INCOMING_CALLS, None, "It cannot be seen from here: a call to the number is the proof.", steps)]
    if not account.credentials.get(SPEECH, "").strip():
        checks.append(Check("Spoken words", None, "None are spoken: callers hear that the line is busy.", NO_VOICE))
    return Taken(), checks


def give_calls_back(number: AvailableNumber) -> list[Check]:
    fix = f"{SUBSCRIPTION}, and take the event type Incoming Call out, or {number.address} out of its filter."
    evidence = "Calls to the number are no longer answered from here; whoever else is subscribed to them may."
    return [Check(INCOMING_CALLS, None, evidence, fix)]
