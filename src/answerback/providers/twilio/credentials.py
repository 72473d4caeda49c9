"""Tries an account's credentials and says in plain words what is wrong with them; changes nothing."""

import re
from collections.abc import Mapping
from dataclasses import replace

from answerback.providers.contract import Account, Check
from answerback.providers.exchange import AnswerLostError, NotReachedError
from answerback.providers.twilio.client import Answer, Client

SID = re.compile(r"AC[0-9a-fA-F]{32}")
KEY_SID = re.compile(r"SK[0-9a-fA-F]{32}")
ACCOUNT, TOKEN, KEY, SHARED_KEY = "Account SID", "Auth token", "API key", "Shared key"
COPY_IT = "Copy the auth token from the Twilio console's first page."


async def check_credentials(client: Client) -> list[Check]:
    """The SID's shape, the auth token (it proves webhooks, so it is needed beside an API key), then the API key."""
    credentials = client.account.credentials
    shape = _check_shape(credentials)
    if not shape.ok:
        return [shape]
    token_only = Client(client.session, _without_key(client.account))
    checks = [shape, *await _try(token_only, TOKEN, token_only.path(".json"))]
    if checks[-1].ok and (credentials.get("api_key_sid") or credentials.get("api_key_secret")):
        checks.extend(await _check_key(client, credentials))
    if credentials.get("shared_key_id") or credentials.get("shared_key_secret"):
        checks.append(_check_shared_key(credentials))
    return checks


def _check_shape(credentials: Mapping[str, str]) -> Check:
    sid = credentials.get("account_sid", "")
    if SID.fullmatch(sid):
        return Check(ACCOUNT, True, f"{sid} has the form of an account SID.")
    if sid.startswith("SK"):
        evidence, fix = (
            f"{sid} is the SID of an API key.",
            "Enter it as the API key, and the account's SID (AC...) here.",
        )
    elif not sid:
        evidence, fix = "It is empty.", "Copy it from the Twilio console's first page."
    else:
        evidence = "It is not AC followed by 32 digits and letters from a to f."
        fix = "Copy it whole from the Twilio console's first page."
    return Check(ACCOUNT, False, evidence, fix)


async def _check_key(client: Client, credentials: Mapping[str, str]) -> list[Check]:
    if not KEY_SID.fullmatch(credentials.get("api_key_sid", "")) or not credentials.get("api_key_secret"):
        fix = "Enter the key's SID and its secret, or neither. A lost secret cannot be shown again: make a new key."
        return [Check(KEY, False, "It needs a SID (SK and 32 digits and letters from a to f) and a secret.", fix)]
    # A standard key may not read the account itself, but its messages.
    return await _try(client, KEY, client.path("/Messages.json?PageSize=1"))


def _check_shared_key(credentials: Mapping[str, str]) -> Check:
    whole = bool(credentials.get("shared_key_id") and credentials.get("shared_key_secret"))
    if whole:
        return Check(SHARED_KEY, True, "Id and secret are there; the first webhook signed with it will prove them.")
    return Check(SHARED_KEY, False, "One of id and secret is missing.", "Enter both, or neither.")


async def _try(client: Client, name: str, path: str) -> list[Check]:
    try:
        answer = await client.get(path)
    except NotReachedError as error:
        return [Check(name, False, error.failure.sentence, f"Check the API address {client.account.api_base_url}.")]
    except AnswerLostError as error:
        return [Check(name, False, f"{error}.", "Try again; if it stays so, see status.twilio.com.")]
    return [_judge(name, answer)]


def _judge(name: str, answer: Answer) -> Check:
    document = answer.document or {}
    code = document.get("code")
    if answer.status == 200 and document:
        return _judge_account(name, document)
    if answer.status == 200:
        return Check(name, False, "The server does not answer like Twilio.", "Check the account's API address.")
    if code == 20008:
        return Check(name, False, answer.failure.sentence, "Use the live credentials; test credentials cannot receive.")
    if answer.status in (401, 403) and name == KEY:
        return Check(name, False, "Twilio does not accept the API key.", "Check its SID and secret, or make a new key.")
    if answer.status in (401, 403):
        return Check(name, False, "Twilio does not accept the account SID with this auth token.", COPY_IT)
    if answer.status == 404:
        return Check(name, False, "There is no such account at this address.", "Check account SID and API address.")
    return Check(name, False, answer.failure.sentence, f"The server answered {answer.status}. Try again.")


def _judge_account(name: str, account: Mapping[str, object]) -> Check:
    status = account.get("status", "active")
    if name == KEY:
        return Check(name, True, "Twilio accepts it.")
    if status != "active":
        return Check(name, False, f"Twilio accepts it, but the account is {status}.", "Settle it with Twilio.")
    if account.get("type") == "Trial":
        return Check(name, True, "Twilio accepts it. It is a trial account: it can only text verified numbers.")
    return Check(name, True, f"Twilio accepts it. The account is called '{account.get('friendly_name', '')}'.")


def _without_key(account: Account) -> Account:
    kept = {name: value for name, value in account.credentials.items() if not name.startswith("api_key")}
    return replace(account, credentials=kept)
