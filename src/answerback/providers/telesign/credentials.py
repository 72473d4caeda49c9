"""Tries an account's credentials and says in plain words what is wrong with them; changes nothing."""

import re

from answerback.providers.contract import Check
from answerback.providers.exchange import AnswerLostError, NotReachedError
from answerback.providers.telesign.authorization import BadKeyError, key_of
from answerback.providers.telesign.client import Answer, Client
from answerback.providers.telesign.lookup import NO_SUCH_REFERENCE
from answerback.providers.telesign.send import MESSAGING

CUSTOMER_ID, API_KEY = "Customer ID", "API key"
SHAPE = re.compile(r"[0-9A-Za-z]{8}(-[0-9A-Za-z]{4}){3}-[0-9A-Za-z]{12}")
COPY = "Copy it whole from the TeleSign portal, where the account's customer ID and API key stand together."
NOBODYS_TEXT = "0" * 32
CLOCK = frozenset((10004, 10005))
UNKNOWN_CUSTOMER = 10015


async def check_credentials(client: Client) -> list[Check]:
    """The form of both values; then a look at a text that cannot be, which only a known customer is told about."""
    credentials = client.account.credentials
    checks = [_check_customer(credentials.get("customer_id", "")), _check_auth(credentials.get("auth", ""))]
    try:
        key_of(credentials)
    except BadKeyError:
        checks.append(Check(API_KEY, False, "It is empty, or not whole.", COPY))
    if not all(check.ok for check in checks):
        return [check for check in checks if check.evidence]
    try:
        answer = await client.get(f"{MESSAGING}/{NOBODYS_TEXT}")
    except NotReachedError as error:
        last = Check(API_KEY, False, error.failure.sentence, f"Check the API address {client.account.api_base_url}.")
    except AnswerLostError as error:
        last = Check(API_KEY, False, f"{error}.", "Try again; if it stays so, ask TeleSign's support.")
    else:
        last = _judge(answer)
    return [*(check for check in checks if check.evidence), last]


def _check_customer(customer: str) -> Check:
    if SHAPE.fullmatch(customer.strip()):
        return Check(CUSTOMER_ID, True, "It has the form of a customer ID.")
    return Check(CUSTOMER_ID, False, "It is not five groups of digits and letters with dashes between.", COPY)


def _check_auth(auth: str) -> Check:
    if auth.strip().lower() in ("", "digest", "basic"):
        return Check("Way to sign in", True, "")
    return Check("Way to sign in", False, "It is neither digest nor basic.", "Leave it empty.")


def _judge(answer: Answer) -> Check:
    if answer.code is None and answer.status != 401:
        return Check(API_KEY, False, "The server does not answer like TeleSign.", "Check the account's API address.")
    if answer.status in (200, 404) or answer.code == NO_SUCH_REFERENCE:
        return Check(API_KEY, True, "TeleSign accepts it.")
    if answer.code in CLOCK:
        return Check(API_KEY, False, answer.failure.sentence, "Set this server's clock by a time service (NTP).")
    if answer.code == UNKNOWN_CUSTOMER:
        return Check(CUSTOMER_ID, False, "TeleSign does not know it.", COPY)
    if answer.status == 401:
        return Check(API_KEY, False, "TeleSign does not accept this key for the customer ID.", COPY)
    return Check(API_KEY, False, answer.failure.sentence, f"The server answered {answer.status}.")
