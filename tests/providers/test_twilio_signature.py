"""Only Twilio gets through, by the account's token or a shared key; who is refused learns why."""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator

from answerback.providers.contract import Account, Forged, Genuine, HookRequest
from answerback.providers.facts import Door
from answerback.providers.twilio.signature import verify
from tests.providers.hooks import FORM, TEXT, TOKEN, URL, account, hook, signed_hook

VECTORS = json.loads((Path(__file__).parent / "fixtures" / "twilio_signatures.json").read_text())
KEY_ID, KEY_SECRET = "webhooks_sharedkey_01h", "sharedkeysecret"
BY_KEY = {"x-twilio-webhooks-signature-settings": f"key={KEY_ID},algorithm=HMAC_SHA256"}


def with_header(request: HookRequest, **headers: str) -> HookRequest:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HookRequest(
        request.door, request.method, request.url, {**request.headers, **named}, request.body, request.query
    )


def why(request: HookRequest, of: Account | None = None) -> str:
    verdict = verify(request, of or account())
    assert isinstance(verdict, Forged)
    return verdict.reason


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["title"])
def test_what_the_official_validator_signs_is_genuine(vector: dict[str, Any]) -> None:
    by_key = vector["algorithm"] == HMAC_SHA256
    of = account(shared_key_id=KEY_ID, shared_key_secret=vector["secret"]) if by_key else account()
    headers = {"x-twilio-signature": vector["signature"], **(BY_KEY if by_key else {})}
    method = "GET" if vector["title"].startswith("GET") else "POST"
    body = vector["body"].encode()
    if not body:
        body, headers["content-type"] = urlencode(vector["params"]).encode(), FORM
    url = vector["url"]
    request = HookRequest(Door.MESSAGE, method, url, headers, body, urlsplit(url).query)
    assert verify(request, of) == Genuine()
    assert isinstance(verify(with_header(request, x_twilio_signature="A" + vector["signature"][1:-1]), of), Forged)


@pytest.mark.parametrize(
    ("url", "signature"),
    [
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ],
)
def test_twilios_own_published_examples_are_genuine(url: str, signature: str) -> None:
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
        "Caller": "+14158675309",
    }
    request = hook(fields, url=url, headers={"x-twilio-signature": signature})
    assert verify(request, account(auth_token="12345")) == Genuine()


# Letters that mean something in a form or an address are likely; so are repeated names.
WORDS = st.text(st.one_of(st.sampled_from("abAB&=%+ é👍"), st.characters(exclude_categories=["Cs"])), max_size=8)
NAMES = st.one_of(st.sampled_from(["Body", "From", "Digits"]), WORDS.filter(bool))
HOSTS = st.sampled_from(["texts.example.com", "127.0.0.1", "a.b"])
PORTS = st.sampled_from(["", ":80", ":443", ":8080"])
QUERIES = st.sampled_from(["", "?message=7", "?a=1&b=%2B"])


class Repeated(dict[str, list[str]]):
    """The official validator reads repeated values through this method."""

    def getall(self, name: str) -> list[str]:
        return self[name]


def grouped(pairs: list[tuple[str, str]]) -> Repeated:
    values = Repeated()
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


@settings(max_examples=1500)
@given(
    scheme=st.sampled_from(["http", "https"]),
    host=HOSTS,
    port=PORTS,
    query=QUERIES,
    pairs=st.lists(st.tuples(NAMES, WORDS), max_size=6),
    shared_key=st.booleans(),
    tamper=st.sampled_from(["no", "no", "value", "more", "url", "secret", "signed without port", "signed with port"]),
)
def test_our_check_agrees_with_the_official_validator(
    scheme: str,
    host: str,
    port: str,
    query: str,
    pairs: list[tuple[str, str]],
    shared_key: bool,
    tamper: str,
) -> None:
    url = f"{scheme}://{host}{port}/hooks/twilio/1/message{query}"
    algorithm, secret = (HMAC_SHA256, KEY_SECRET) if shared_key else (HMAC_SHA1, TOKEN)
    signed_url, signed_pairs = url, list(pairs)
    match tamper:
        case "value" if pairs:
            signed_pairs[0] = (pairs[0][0], pairs[0][1] + "x")
        case "more":
            signed_pairs.append(("Extra", ""))
        case "url":
            signed_url += "/"
        case "signed without port":
            signed_url = url.replace(port, "", 1) if port else url
        case "signed with port":
            signed_url = url if port else url.replace(host, host + (":443" if scheme == "https" else ":80"), 1)
        case _:
            pass
    signature = RequestValidator("other" if tamper == "secret" else secret).compute_signature(
        signed_url, grouped(signed_pairs), algorithm
    )
    official = RequestValidator(secret).validate(url, grouped(pairs), signature, algorithm)
    request = hook(pairs, url=url, headers={"x-twilio-signature": signature, **(BY_KEY if shared_key else {})})
    ours = verify(request, account(shared_key_id=KEY_ID, shared_key_secret=KEY_SECRET))
    assert (ours == Genuine()) == official
    assert official == (tamper.startswith(("no", "signed")) or (tamper == "value" and not pairs))


@settings(max_examples=300)
@given(body=st.text(max_size=30), change=st.booleans(), wrong_hash=st.booleans())
def test_bodies_that_are_no_forms_are_proved_by_their_hash_as_officially(
    body: str, change: bool, wrong_hash: bool
) -> None:
    body = body.encode("utf-8", "replace").decode() or "{}"
    digest = hashlib.sha256(b"other" if wrong_hash else body.encode()).hexdigest()
    url = f"{URL}?bodySHA256={digest}"
    validator = RequestValidator(TOKEN)
    signature = validator.compute_signature(url, {})
    arrived = body + "!" if change else body
    headers = {"content-type": "application/json", "x-twilio-signature": signature}
    request = HookRequest(Door.MESSAGE, "POST", url, headers, arrived.encode(), urlsplit(url).query)
    assert (verify(request, account()) == Genuine()) == validator.validate(url, arrived, signature)
    assert (verify(request, account()) == Genuine()) == (not change and not wrong_hash)


def test_a_request_without_signature_is_refused_and_told_so() -> None:
    assert why(hook(TEXT)).startswith("no X-Twilio-Signature header")


def test_a_wrong_token_is_named_as_a_likely_cause() -> None:
    reason = why(signed_hook(TEXT, secret="another"))
    assert "ANSWERBACK_PUBLIC_URL" in reason
    assert "auth token" in reason


def test_a_wrong_public_address_is_found_out_and_named() -> None:
    seen_by_twilio = signed_hook(TEXT, url=URL.replace("https://", "http://"))
    request = HookRequest(Door.MESSAGE, "POST", URL, seen_by_twilio.headers, seen_by_twilio.body)
    assert "set ANSWERBACK_PUBLIC_URL to http://texts.example.com" in why(request)
    elsewhere = signed_hook(TEXT, url=URL.replace("texts.", "sms."))
    request = HookRequest(Door.MESSAGE, "POST", URL, {**elsewhere.headers, "host": "sms.example.com"}, elsewhere.body)
    assert "set ANSWERBACK_PUBLIC_URL to https://sms.example.com" in why(request)


def test_a_changed_text_is_refused() -> None:
    request = signed_hook(TEXT)
    changed = HookRequest(Door.MESSAGE, "POST", URL, request.headers, request.body.replace(b"Hello", b"Jello"))
    assert "does not match" in why(changed)


def test_a_shared_key_counts_only_when_the_account_holds_it() -> None:
    request = signed_hook(TEXT, secret=KEY_SECRET, algorithm=HMAC_SHA256)
    request = with_header(request, x_twilio_webhooks_signature_settings=BY_KEY["x-twilio-webhooks-signature-settings"])
    assert verify(request, account(shared_key_id=KEY_ID, shared_key_secret=KEY_SECRET)) == Genuine()
    assert "shared key this account does not hold" in why(request)
    assert "shared key" in why(request, account(shared_key_id="another", shared_key_secret=KEY_SECRET))


@pytest.mark.parametrize(
    ("settings_header", "words"),
    [
        ("algorithm=HMAC_MD5", "algorithm this version does not know"),
        (f"key={KEY_ID},algorithm=HMAC_SHA512", "algorithm this version does not know"),
        ("algorithm=HMAC_SHA256", "no shared key is named"),
        ("key=ключ,algorithm=HMAC_SHA256", "does not hold"),
    ],
)
def test_other_signature_settings_are_refused_with_their_reason(settings_header: str, words: str) -> None:
    request = with_header(signed_hook(TEXT), x_twilio_webhooks_signature_settings=settings_header)
    assert words in why(request, account(shared_key_id=KEY_ID, shared_key_secret=KEY_SECRET))


def test_an_account_without_token_says_what_is_missing() -> None:
    assert "no auth token" in why(signed_hook(TEXT), account(auth_token=""))


def test_odd_signatures_are_simply_wrong() -> None:
    for odd in ("é", "=", "x" * 5000, "\udcff"):
        assert "does not match" in why(hook(TEXT, headers={"x-twilio-signature": odd}))


def test_a_get_cannot_smuggle_fields_that_were_not_signed() -> None:
    url = f"{URL}?MessageSid=SM1"
    signature = RequestValidator(TOKEN).compute_signature(url, {})
    request = HookRequest(
        Door.MESSAGE, "GET", f"{url}&Body=x", {"x-twilio-signature": signature}, b"", "MessageSid=SM1"
    )
    assert "does not match" in why(request)
