"""The official client is the judge: what it signs we let in, and what we sign it would have signed."""

from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telesign.rest import RestClient
from telesign.util import verify_telesign_callback_signature

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, Forged, Genuine, HookRequest
from answerback.providers.facts import Door
from answerback.providers.telesign.authorization import Request, headers_of, key_of, sign
from answerback.providers.telesign.signature import MISMATCH, NO_SIGNATURE, OTHER_CUSTOMER, verify

CUSTOMER = "FFFFFFFF-EEEE-DDDD-1234-AB1234567890"
KEY = "EXAMPLE----TE8sTgg45yusumoN6BYsBVkh+yRJ5czgsnCehZaOYldPJdmFh6NeX8kunZ2zU1YWaUw/0wV6xfw=="
HELD = {"customer_id": CUSTOMER, "api_key": KEY}
ACCOUNT = Account(AccountId(1), "telesign", HELD, "https://rest-api.telesign.com")
VECTOR, VECTOR_BODY = "B97g3N9lPdVaptvifxRau7bzVAC5hhRBZ6HKXABN744=", b"{'test': 123}"

DATES = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1)).map(
    lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
)
BODIES = st.one_of(st.just(""), st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))


def knock(body: bytes, **headers: str) -> HookRequest:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HookRequest(Door.EVENTS, "POST", "https://texts.example.com/hooks/telesign/1", named, body)


@settings(max_examples=2000, deadline=None)
@given(method=st.sampled_from(("POST", "GET")), body=BODIES, date=DATES, nonce=st.uuids().map(str))
def test_requests_are_signed_as_the_official_client_signs_them(method: str, body: str, date: str, nonce: str) -> None:
    path, body = "/v1/messaging", body if method == "POST" else ""
    theirs = RestClient.generate_telesign_headers(CUSTOMER, KEY, method, path, body, date_rfc2616=date, nonce=nonce)
    ours = headers_of(HELD, Request(method, path, body.encode(), parsedate_to_datetime(date), nonce))
    assert (ours["Authorization"], ours["Date"], ours["x-ts-nonce"]) == (theirs["Authorization"], date, nonce)


@settings(max_examples=2000, deadline=None)
@given(body=BODIES)
def test_callback_signatures_agree_with_the_official_check(body: str) -> None:
    signature = sign(key_of(HELD), body.encode())
    assert verify_telesign_callback_signature(KEY, signature, body)
    assert verify(knock(body.encode(), authorization=f"TSA {CUSTOMER}:{signature}"), ACCOUNT) == Genuine()
    assert isinstance(verify(knock(body.encode() + b" ", authorization=signature), ACCOUNT), Forged)


@pytest.mark.parametrize("name", ["authorization", "x_ts_authorization"])
@pytest.mark.parametrize("value", [VECTOR, f"TSA {CUSTOMER}:{VECTOR}", f"tsa {CUSTOMER}:{VECTOR} "])
def test_the_published_vector_is_let_in_on_either_header(name: str, value: str) -> None:
    assert verify(knock(VECTOR_BODY, **{name: value}), ACCOUNT) == Genuine()


def test_one_good_header_beside_a_foreign_one_is_enough() -> None:
    assert verify(knock(VECTOR_BODY, authorization="Basic eDp5", x_ts_authorization=VECTOR), ACCOUNT) == Genuine()


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, NO_SIGNATURE),
        ({"authorization": "Basic eDp5"}, NO_SIGNATURE),
        ({"authorization": "é"}, MISMATCH),
        ({"authorization": f"TSA {CUSTOMER}:{VECTOR[::-1]}"}, MISMATCH),
        ({"authorization": f"TSA somebody-else:{VECTOR[::-1]}"}, OTHER_CUSTOMER),
    ],
)
def test_what_is_not_telesigns_is_refused_with_the_likely_cause(headers: dict[str, str], reason: str) -> None:
    assert verify(knock(VECTOR_BODY, **headers), ACCOUNT) == Forged(reason)


@pytest.mark.parametrize("key", ["", "A", "----"])
def test_without_a_usable_key_nothing_is_genuine(key: str) -> None:
    account = replace(ACCOUNT, credentials={**HELD, "api_key": key})
    assert isinstance(verify(knock(VECTOR_BODY, authorization=VECTOR), account), Forged)
