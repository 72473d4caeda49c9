"""Tries a resource's credentials and says in plain words what is wrong with them; changes nothing."""

from urllib.parse import urlsplit

from answerback.providers.acs.authorization import BadKeyError, key_of
from answerback.providers.acs.client import Client
from answerback.providers.acs.facts import EXAMPLE
from answerback.providers.acs.numbers import list_numbers
from answerback.providers.acs.tokens import ENTRA, uses_entra
from answerback.providers.contract import Check, ProviderError

ENDPOINT, ACCESS_KEY, ENTRA_ID, NUMBERS = "Endpoint", "Access key", "Microsoft Entra ID", "Numbers"
COPY = "In the Azure portal open the Communication Services resource, Settings, Keys, and copy it whole."
BUY_ONE = (
    "In the Azure portal open the resource, Telephony and SMS, Phone numbers, and get one with Send and receive SMS. "
    "Short codes are not listed: add them by hand."
)


async def check_credentials(client: Client) -> list[Check]:
    """The form of each value; then its numbers are asked for, which only proven requests are told."""
    checks = [_check_endpoint(client.account.api_base_url), _check_proof(client)]
    if not all(check.ok for check in checks):
        return checks
    try:
        numbers = await list_numbers(client)
    except ProviderError as error:
        return [*checks[:1], Check(checks[1].name, False, error.failure.sentence, COPY)]
    able = [number.address for number in numbers if "sms" in number.capabilities]
    told = f"{len(numbers)} in the resource, {len(able)} of them with SMS."
    return [
        checks[0],
        Check(checks[1].name, True, "Azure Communication Services accepts it."),
        Check(NUMBERS, True, told) if able else Check(NUMBERS, None, told, BUY_ONE),
    ]


def _check_endpoint(endpoint: str) -> Check:
    try:
        parts = urlsplit(endpoint)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/")
    except ValueError:
        usable = False
    if usable:
        return Check(ENDPOINT, True, f"{endpoint} has the form of an endpoint.")
    return Check(ENDPOINT, False, "It is no endpoint.", f"{COPY} It looks like {EXAMPLE}.")


def _check_proof(client: Client) -> Check:
    credentials = client.account.credentials
    if uses_entra(credentials):
        return Check(ENTRA_ID, True, "Tenant, client and secret are there.")
    if any(credentials.get(name, "").strip() for name in ENTRA):
        fix = "Enter tenant ID, client ID and client secret, or none of them to use the access key."
        return Check(ENTRA_ID, False, "One of its three values is missing.", fix)
    try:
        key_of(credentials)
    except BadKeyError:
        return Check(ACCESS_KEY, False, "It is empty, or not whole.", COPY)
    return Check(ACCESS_KEY, True, "It has the form of an access key.")
