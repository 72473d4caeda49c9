"""What is true of every Azure Communication Services resource: its credentials, where they are found, its one door."""

from datetime import timedelta

from answerback.providers.facts import Credential, Door, Facts, VoiceFacts

EXAMPLE = "https://my-resource.communication.azure.com"
RESOURCE = "In the Azure portal open the Communication Services resource"

FACTS = Facts(
    label="Azure Communication Services",
    api_base_url=None,  # the resource's endpoint
    credentials=(
        Credential(
            "access_key",
            "Access key",
            f"{RESOURCE}, Settings, Keys: the primary or secondary key. Not needed where Microsoft Entra ID signs in.",
            required=False,
        ),
        Credential(
            "webhook_key",
            "Webhook key",
            "Part of the address that Event Grid calls, and the proof that it is Event Grid. Made for you.",
            generated=True,
        ),
        Credential(
            "webhook_key_old",
            "Former webhook key",
            "Still accepted while the address in Event Grid is being changed. Empty it when that is done.",
            required=False,
            folded=True,
        ),
        Credential(
            "tenant_id",
            "Directory (tenant) ID",
            "To sign in by Microsoft Entra ID instead of the access key: App registrations, the app, Overview.",
            required=False,
            secret=False,
            folded=True,
        ),
        Credential(
            "client_id",
            "Application (client) ID",
            "On the same page as the tenant ID.",
            required=False,
            secret=False,
            folded=True,
        ),
        Credential(
            "client_secret",
            "Client secret",
            "App registrations, the app, Certificates and secrets. The app needs the role Contributor on the resource.",
            required=False,
            folded=True,
        ),
        Credential(
            "speech_endpoint",
            "Azure AI services endpoint",
            "Only to speak to callers: that of an Azure AI services resource which is connected to this one.",
            required=False,
            secret=False,
            folded=True,
        ),
        Credential(
            "authority",
            "Sign-in address",
            "Leave empty for https://login.microsoftonline.com; other clouds have their own.",
            required=False,
            secret=False,
            folded=True,
        ),
    ),
    doors=frozenset((Door.EVENTS,)),
    media=False,
    api_example=EXAMPLE,
    listed_types=frozenset({"long_code", "toll_free"}),
    attempts_header="aeg-delivery-count",
    without_texts=(
        "Azure carries no texts for numbers of direct routing, nor for those bought without SMS. "
        "Use a toll-free number, a short code or a 10DLC number with SMS."
    ),
    voice=VoiceFacts(sip=False),
    most_together=100,
    # How long a repeated request is known is not published; Microsoft's REST API guidelines ask services for at least
    # five minutes ("Repeatability of requests"), and the request says when it was first sent.
    repeatable_for=timedelta(minutes=5),
    # Event Grid's default: https://learn.microsoft.com/azure/event-grid/delivery-and-retry
    redelivers_for=timedelta(hours=24),
)
