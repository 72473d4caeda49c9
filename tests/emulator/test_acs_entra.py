"""A resource entered by Microsoft Entra ID: a token for the app, and the official client with it."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from azure.communication.sms import SmsClient
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline.transport import RequestsTransport

from tests.emulator.acs_world import APP, TOLL_FREE, declare
from tests.emulator.loopback import PATIENCE_S, PHONE, RunningEmulator

SCOPE = "https://communication.azure.com//.default"
FORM = {
    "grant_type": "client_credentials",
    "client_id": APP["client_id"],
    "client_secret": APP["client_secret"],
    "scope": SCOPE,
}


@pytest.fixture
def at_acs(emulator: RunningEmulator) -> RunningEmulator:
    declare(emulator, None)
    return emulator


def token_for(emulator: RunningEmulator, form: dict[str, str], tenant: str = APP["tenant_id"]) -> tuple[int, Any]:
    address = f"{emulator.url}/{tenant}/oauth2/v2.0/token"
    try:
        with urllib.request.urlopen(address, data=urlencode(form).encode(), timeout=PATIENCE_S) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


class Credential:
    """As azure-identity's, asking the emulator for its token."""

    def __init__(self, emulator: RunningEmulator) -> None:
        self.emulator = emulator
        self.scopes: list[str] = []

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        self.scopes.extend(scopes)
        _, content = token_for(self.emulator, FORM | {"scope": scopes[0]})
        return AccessToken(content["access_token"], int(time.time()) + content["expires_in"])


@pytest.fixture
def credential(at_acs: RunningEmulator) -> Credential:
    return Credential(at_acs)


@pytest.fixture
def azure(at_acs: RunningEmulator, credential: Credential) -> Iterator[SmsClient]:
    with RequestsTransport() as transport:
        yield SmsClient(at_acs.url, credential, transport=transport, retry_total=0)


@pytest.mark.filterwarnings("ignore:.*enforce_https.*")
def test_the_official_client_gets_in_with_a_token(azure: SmsClient, credential: Credential):
    (line,) = azure.send(TOLL_FREE, PHONE, "Hi", enforce_https=False)
    assert line.successful
    assert credential.scopes == [SCOPE]


@pytest.mark.filterwarnings("ignore:.*enforce_https.*")
def test_an_app_of_no_resource_does_not(at_acs: RunningEmulator, azure: SmsClient, credential: Credential):
    assert credential.get_token(SCOPE).token
    token = credential.get_token(SCOPE)
    declare(at_acs, None, entra=None)
    credential.get_token = lambda *_scopes, **_options: token  # type: ignore[method-assign]  # one given before
    with pytest.raises(ClientAuthenticationError, match="no role"):
        azure.send(TOLL_FREE, PHONE, "Hi", enforce_https=False)


@pytest.mark.parametrize(
    ("changes", "tenant", "status", "error"),
    [
        ({}, APP["tenant_id"], 200, None),
        ({"scope": "https://communication.azure.com/.default"}, APP["tenant_id"], 200, None),
        ({"client_secret": "loud"}, APP["tenant_id"], 401, "invalid_client"),
        ({"client_id": "nobody"}, APP["tenant_id"], 400, "unauthorized_client"),
        ({}, "elsewhere", 400, "invalid_request"),
        ({"scope": "https://graph.microsoft.com/.default"}, APP["tenant_id"], 400, "invalid_scope"),
        ({"grant_type": "password"}, APP["tenant_id"], 400, "unsupported_grant_type"),
    ],
)
def test_tokens_are_for_the_right_secret_tenant_and_scope(
    at_acs: RunningEmulator, changes: dict[str, str], tenant: str, status: int, error: str | None
):
    answered, content = token_for(at_acs, FORM | changes, tenant)
    assert (answered, content.get("error")) == (status, error)
    assert bool(content.get("access_token")) is (status == 200)
