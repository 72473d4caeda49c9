"""What is true of every TeleSign account: its credentials and where they are found, its one door."""

from datetime import timedelta

from answerback.providers.facts import Credential, Door, Facts

API = "https://rest-api.telesign.com"  # self-service; full-service accounts have rest-ww.telesign.com

FACTS = Facts(
    label="TeleSign",
    api_base_url=API,
    credentials=(
        Credential("customer_id", "Customer ID", "In the TeleSign portal, beside the API key.", secret=False),
        Credential(
            "api_key",
            "API key",
            "Beside the customer ID in the TeleSign portal. It signs what is sent and proves TeleSign's callbacks.",
        ),
        Credential(
            "auth",
            "Way to sign in",
            "Leave empty, or digest, to sign every request; basic where a proxy changes requests on their way.",
            required=False,
            secret=False,
            folded=True,
        ),
    ),
    doors=frozenset((Door.EVENTS,)),
    media=False,
    # Three tries: https://developer.telesign.com/enterprise/docs/inbound-sms-get-started
    redelivers_for=timedelta(seconds=40),
    api_example=API,
    without_texts="Buy one with SMS in the TeleSign portal, or ask TeleSign's support for one.",
)
