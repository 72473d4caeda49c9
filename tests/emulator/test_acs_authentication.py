"""Who may come in at Azure's doors: the official client's signature, ours and the emulator's check agree."""

import base64
import time
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from azure.communication.sms._shared.policy import HMACCredentialsPolicy
from azure.core.pipeline.transport import HttpRequest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.providers.acs.authorization import Request, host_of, signed_headers
from answerback_emulator.acs.answers import AcsError
from answerback_emulator.acs.authentication import authenticate
from answerback_emulator.acs.tokens import AUDIENCE, Claims, read_token, write_token
from answerback_emulator.emulator import Emulator, build_emulator
from answerback_emulator.settings.config import Config
from answerback_emulator.settings.dials import Dials
from answerback_emulator.world.records import Account, ApiKey, EntraApp

APP = EntraApp(tenant_id="tenant-1", client_id="client-1", client_secret="quiet")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
SAFE = st.text("abcXYZ0189-_.~", min_size=1, max_size=20)
QUERIES = st.lists(st.tuples(SAFE, SAFE), max_size=3).map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs))
ENDPOINTS = st.sampled_from(
    ["http://127.0.0.1:8001", "https://contoso.communication.azure.com", "http://localhost:33691", "http://[::1]:8001"]
)


def key_of(name: str) -> str:
    return base64.b64encode(f"the {name} key of thirty-two bytes".encode()).decode()


def built(**dials: Any) -> Emulator:
    accounts = [
        Account(
            sid="one", provider="acs", auth_token=key_of("one"), api_keys=[ApiKey(sid="2", secret=key_of("spare"))]
        ),
        Account(sid="two", provider="acs", auth_token=key_of("two"), entra=APP),
        Account(sid="broken", provider="acs", auth_token="not base64!"),
        Account(sid="AC1", auth_token=key_of("twilio")),
    ]
    return build_emulator(Config(accounts=accounts, dials=Dials(**dials)))


@pytest.fixture
def emulator() -> Emulator:
    return built()


def officially_signed(method: str, url: str, body: str, key: str) -> dict[str, str]:
    """The headers that the official client's policy puts on a request."""
    request = HttpRequest(method, url, data=body or None)
    parts = urlsplit(url)
    policy = HMACCredentialsPolicy(f"{parts.scheme}://{parts.netloc}", key)
    policy.on_request(SimpleNamespace(http_request=request, context=SimpleNamespace(transport=None)))  # type: ignore[arg-type]  # only these two are read
    return {name.lower(): value for name, value in request.headers.items()}


def scope_of(method: str, url: str, headers: dict[str, str], *, host: str = "") -> dict[str, Any]:
    """The request as the server sees it."""
    parts = urlsplit(url)
    sent = {"host": host or parts.netloc, **headers}
    return {
        "method": method,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
    }


@settings(max_examples=3000, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "DELETE"]),
    endpoint=ENDPOINTS,
    path=SAFE,
    query=QUERIES,
    body=WORDS,
    key=st.binary(min_size=1, max_size=64),
)
def test_our_signature_is_the_official_clients(
    method: str, endpoint: str, path: str, query: str, body: str, key: bytes
):
    target = f"/{path}?{query}" if query else f"/{path}"
    official = officially_signed(method, endpoint + target, body, base64.b64encode(key).decode())
    at = parsedate_to_datetime(official["x-ms-date"])
    ours = signed_headers(key, Request(method, host_of(endpoint), target, body.encode(), at))
    for name, value in ours.items():
        assert official[name.lower()] == value


@settings(max_examples=500, deadline=None)
@given(method=st.sampled_from(["GET", "POST"]), path=SAFE, query=QUERIES, body=WORDS)
def test_the_emulator_lets_in_what_the_official_client_signs(method: str, path: str, query: str, body: str):
    url = f"http://127.0.0.1:8001/{path}?{query}" if query else f"http://127.0.0.1:8001/{path}"
    headers = officially_signed(method, url, body, key_of("one"))
    emulator = built()
    assert authenticate(emulator, scope_of(method, url, headers), body.encode()).sid == "one"
    with pytest.raises(AcsError, match="hash"):
        authenticate(emulator, scope_of(method, url, headers), body.encode() + b" ")
    with pytest.raises(AcsError, match="Denied"):
        authenticate(emulator, scope_of(method, url + "x", headers), body.encode())


SEND = "http://127.0.0.1:8001/sms?api-version=2021-03-07"


@pytest.mark.parametrize(("key", "resource"), [("one", "one"), ("spare", "one"), ("two", "two")])
def test_the_key_tells_which_resource_is_meant(emulator: Emulator, key: str, resource: str):
    headers = officially_signed("POST", SEND, "{}", key_of(key))
    assert authenticate(emulator, scope_of("POST", SEND, headers), b"{}").sid == resource


def test_a_host_signed_without_its_port_is_let_in_too(emulator: Emulator):
    at = parsedate_to_datetime(officially_signed("POST", SEND, "{}", key_of("one"))["x-ms-date"])
    request = Request("POST", "127.0.0.1", "/sms?api-version=2021-03-07", b"{}", at)
    signed = signed_headers(base64.b64decode(key_of("one")), request)
    headers = {name.lower(): value for name, value in signed.items()}
    assert authenticate(emulator, scope_of("POST", SEND, headers), b"{}").sid == "one"
    with pytest.raises(AcsError, match="Denied"):
        authenticate(emulator, scope_of("POST", SEND, headers, host="elsewhere:8001"), b"{}")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"authorization": ""}, "no Authorization"),
        ({"authorization": "Basic Og=="}, "no Authorization"),
        ({"authorization": "HMAC-SHA256 Signature=AAAA"}, "SignedHeaders"),
        ({"authorization": "HMAC-SHA256 SignedHeaders=host;x-ms-date&Signature=AAAA"}, "SignedHeaders"),
        ({"x-ms-date": ""}, "cannot be read"),
        ({"x-ms-date": "yesterday"}, "cannot be read"),
        ({"x-ms-date": "Mon, 23 Nov 2020 09:01:58 GMT"}, "too far"),
        ({"x-ms-content-sha256": ""}, "hash"),
        ({"authorization": "Bearer a.b.c"}, "not valid"),
        ({"authorization": "Bearer ☃".encode().decode("latin-1")}, "not valid"),
    ],
)
def test_what_proves_nothing_is_refused_with_401(emulator: Emulator, changes: dict[str, str], why: str):
    headers = officially_signed("POST", SEND, "{}", key_of("one")) | changes
    with pytest.raises(AcsError, match=why) as refused:
        authenticate(emulator, scope_of("POST", SEND, headers), b"{}")
    assert refused.value.answer.status == 401


@pytest.mark.parametrize("key", ["twilio", "stranger"])
def test_keys_of_other_carriers_and_of_nobody_open_nothing(emulator: Emulator, key: str):
    headers = officially_signed("POST", SEND, "{}", key_of(key))
    with pytest.raises(AcsError, match="Denied"):
        authenticate(emulator, scope_of("POST", SEND, headers), b"{}")


@pytest.mark.parametrize(("skew", "fits"), [(0, True), (800, True), (-800, True), (1000, False), (-1000, False)])
def test_the_date_counts_within_a_quarter_of_an_hour_of_the_servers_clock(skew: int, fits: bool):
    headers = officially_signed("POST", SEND, "{}", key_of("one"))
    emulator = built(clock_skew_s=skew)
    if fits:
        assert authenticate(emulator, scope_of("POST", SEND, headers), b"{}").sid == "one"
        return
    with pytest.raises(AcsError, match="too far"):
        authenticate(emulator, scope_of("POST", SEND, headers), b"{}")


@pytest.mark.parametrize(
    ("tenant", "client", "audience", "lasts", "why"),
    [
        ("tenant-1", "client-1", AUDIENCE, 60, ""),
        ("tenant-1", "client-1", AUDIENCE, -60, "expired"),
        ("tenant-2", "client-1", AUDIENCE, 60, "no role"),
        ("tenant-1", "client-2", AUDIENCE, 60, "no role"),
        ("tenant-1", "client-1", "https://graph.microsoft.com", 60, "no role"),
    ],
)
def test_a_token_opens_the_resource_of_its_application(
    emulator: Emulator, tenant: str, client: str, audience: str, lasts: int, why: str
):
    token = write_token(Claims(tenant, client, audience, int(time.time()) + lasts))
    scope = scope_of("POST", SEND, {"authorization": f"Bearer {token}"})
    if not why:
        assert authenticate(emulator, scope, b"{}").sid == "two"
        return
    with pytest.raises(AcsError, match=why):
        authenticate(emulator, scope, b"{}")


def test_a_token_that_was_changed_is_none():
    head, claims, signature = write_token(Claims("t", "c", AUDIENCE, 1)).split(".")
    other = write_token(Claims("t", "other", AUDIENCE, 1)).split(".")[1]
    assert read_token(f"{head}.{claims}.{signature}") == Claims("t", "c", AUDIENCE, 1)
    assert read_token(f"{head}.{other}.{signature}") is None
    assert read_token("") is None
