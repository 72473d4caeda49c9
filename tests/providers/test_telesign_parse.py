"""TeleSign's callbacks become reports and texts, whatever they leave out; what cannot be read is named."""

import json
from decimal import Decimal
from typing import Any

import pytest

from answerback.domain.sending.failure import FailureClass
from answerback.domain.sending.status import Status
from answerback.providers.contract import DeliveryReport, Happening, HookRequest, InboundText, Malformed, Price
from answerback.providers.facts import Door
from answerback.providers.telesign.failure_table import FAILURES
from answerback.providers.telesign.parse import parse
from answerback.providers.telesign.statuses import FAILED, STATUSES

REFERENCE = "0123456789ABCDEF0123456789ABCDEF"
DELIVERED = {
    "status": {"code": 200, "description": "Delivered to handset", "updated_on": "2026-11-23T09:00:00.000000Z"},
    "reference_id": REFERENCE,
    "external_id": "7",
    "sub_resource": "sms",
    "errors": [],
}
TEXT = {"phone_number": "15558675310", "iso_country_code": "US", "sender_id": "15017122661", "mo_message": "Olá 👍"}
INBOUND = {"reference_id": REFERENCE, "sub_resource": "mo_sms", "errors": [], "user_response": TEXT}


def read(document: object) -> Happening:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    (one,) = parse(HookRequest(Door.EVENTS, "POST", "https://texts.example.com/hooks/telesign/1", {}, body))
    return one


def with_code(code: object) -> Happening:
    return read(DELIVERED | {"status": {"code": code}})


def test_a_delivered_text_is_reported_under_our_own_id() -> None:
    report = read(DELIVERED)
    assert isinstance(report, DeliveryReport)
    assert (report.provider_message_id, report.status, report.our_message_id) == (REFERENCE, Status.DELIVERED, 7)
    assert report.at is not None
    assert report.at.isoformat() == "2026-11-23T09:00:00+00:00"


@pytest.mark.parametrize("code", sorted(STATUSES))
def test_every_status_is_known_and_every_failure_has_its_reason(code: int) -> None:
    report = with_code(code)
    assert isinstance(report, DeliveryReport)
    assert report.status is STATUSES[code]
    assert (report.failure is not None) == (report.status in FAILED)
    assert (report.failure == FAILURES[code]) if report.failure else code not in FAILURES


def test_an_opt_out_is_told_apart() -> None:
    report = with_code("510")
    assert isinstance(report, DeliveryReport)
    assert report.failure is not None
    assert (report.status, report.failure.cls) == (Status.FAILED, FailureClass.OPTED_OUT)


def test_parts_and_price_are_taken_where_telesign_tells_them() -> None:
    report = read(DELIVERED | {"additional_info": {"message_parts_count": 2, "price": "0.5112", "currency": "USD"}})
    assert isinstance(report, DeliveryReport)
    assert (report.parts, report.price) == (2, Price(Decimal("0.5112"), "USD"))


@pytest.mark.parametrize("external_id", [None, "", "conv-42", "9" * 19, "-1", ["7"], "٧"])
def test_an_external_id_that_is_not_ours_names_no_text(external_id: object) -> None:
    report = read(DELIVERED | {"external_id": external_id})
    assert isinstance(report, DeliveryReport)
    assert report.our_message_id is None


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (b"", "body"),
        (b"\xff", "body"),
        ([DELIVERED], "body"),
        (DELIVERED | {"reference_id": None}, "reference_id"),
        (DELIVERED | {"reference_id": "x" * 65}, "reference_id"),
        (DELIVERED | {"status": None}, "status.code"),
        (INBOUND | {"user_response": None}, "user_response"),
        (INBOUND | {"user_response": TEXT | {"phone_number": ""}}, "user_response.phone_number"),
        (INBOUND | {"user_response": TEXT | {"sender_id": None}}, "user_response.sender_id"),
        (INBOUND | {"user_response": TEXT | {"mo_message": None}}, "user_response.mo_message"),
    ],
)
def test_what_cannot_be_read_is_named(document: object, field: str) -> None:
    problem = read(document)
    assert isinstance(problem, Malformed)
    assert problem.field == field


def test_an_unknown_status_is_malformed_with_its_word() -> None:
    problem = with_code(999)
    assert isinstance(problem, Malformed)
    assert "999" in problem.problem


def test_a_customers_text_is_read_as_it_was_typed() -> None:
    text = read(INBOUND)
    assert isinstance(text, InboundText)
    assert (text.provider_message_id, text.sender, text.to) == (REFERENCE, "+15558675310", "+15017122661")
    assert text.body == "Olá 👍"


@pytest.mark.parametrize(
    ("changes", "to", "body"),
    [
        ({"sender_id": "12345"}, "12345", "Olá 👍"),
        ({"sender_id": 12345}, "12345", "Olá 👍"),
        ({"sender_id": "+15017122661"}, "+15017122661", "Olá 👍"),
        ({"mo_message": ""}, "+15017122661", ""),
        ({"mo_message": "a\0b"}, "+15017122661", "a\ufffdb"),
    ],
)
def test_short_codes_and_odd_bodies_stay_what_they_are(changes: dict[str, Any], to: str, body: str) -> None:
    text = read(INBOUND | {"user_response": TEXT | changes})
    assert isinstance(text, InboundText)
    assert (text.to, text.body) == (to, body)
