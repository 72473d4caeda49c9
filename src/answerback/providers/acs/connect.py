"""How a resource's texts come here: through an Event Grid subscription, which is made in the Azure portal.

https://learn.microsoft.com/azure/communication-services/quickstarts/sms/handle-sms-events
"""

from answerback.providers.acs.facts import FACTS
from answerback.providers.contract import AvailableNumber, CallbackUrls, Check, Entry

SUBSCRIPTION = "Event Grid subscription"


def connect_number(number: AvailableNumber, urls: CallbackUrls) -> list[Check]:
    """One subscription serves all numbers of the resource. What cannot be seen from here is left open, as a step."""
    if "sms" not in number.capabilities:
        return [Check("Texts", False, f"{number.address} has no SMS in this resource.", FACTS.without_texts)]
    unseen = "It cannot be seen from here: a text to the number is the proof."
    return [
        Check(
            SUBSCRIPTION,
            None,
            unseen,
            "In the Azure portal open the Communication Services resource, Events, + Event Subscription, and enter "
            "what stands here; then Create. Event Grid calls the endpoint at once and only saves what answers.",
            (
                Entry("Name", "answerback-texts"),
                Entry("Event Schema", "Cloud Event Schema v1.0"),
                Entry("Filter to Event Types", "SMS Received, SMS Delivery Report Received"),
                Entry("Endpoint Type", "Web Hook"),
                Entry("Subscriber endpoint", urls.message),
            ),
        ),
        Check(
            "Calls left alone",
            True,
            "The subscription is for texts: leave the event type Incoming Call as it is, and calls stay as they are.",
        ),
    ]
