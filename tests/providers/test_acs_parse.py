"""Reads what Event Grid posts: texts, reports and calls, in every spelling, and never fails on what is none."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.domain.sending.failure import FailureClass, Retry
from answerback.domain.sending.status import Status
from answerback.providers.acs.failure_table import TABLE
from answerback.providers.acs.parse import parse
from answerback.providers.calls import CallNews
from answerback.providers.contract import DeliveryReport, InboundText, Malformed
from tests.providers import acs_fixtures
from tests.providers.acs_hooks import RECEIVED, REPORT, REPORTED, TEXT, event, hook

EVENTS: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "fixtures" / "acs_events.json").read_text())
AT = datetime(2026, 11, 23, 9, 0, 45, 321234, UTC)


def text_of(**changes: Any) -> Any:
    (happening,) = parse(hook([event(RECEIVED, TEXT | changes)]))
    return happening


def report_of(**changes: Any) -> Any:
    (happening,) = parse(hook([event(REPORTED, REPORT | changes)]))
    return happening


def test_a_text_is_read() -> None:
    assert text_of() == InboundText(
        "Incoming_20261123090045", "+18335550100", "+14255550123", "Hello there", provider_at=AT, parts=2
    )


def test_a_report_is_read() -> None:
    assert report_of() == DeliveryReport(
        "Outgoing_20261123090045",
        Status.DELIVERED,
        at=AT,
        our_message_id=7,
        parts=2,  # type: ignore[arg-type]  # an id
    )


@pytest.mark.parametrize("name", EVENTS)
def test_what_the_official_client_publishes_is_read(name: str) -> None:
    request = hook(EVENTS[name]["body"].encode(), content_type=EVENTS[name]["content_type"])
    text, *reports = parse(request)
    assert isinstance(text, InboundText)
    assert (text.sender, text.to, text.body) == ("+14255550123", "+18335550100", acs_fixtures.UNICODE)
    for report in reports:
        assert isinstance(report, DeliveryReport)
        assert report.failure is not None
        assert (report.failure.cls, report.our_message_id, report.parts) == (FailureClass.OPTED_OUT, 7, 2)
    assert len(reports) == (1 if "batch" in name else 0)


def test_the_fixtures_are_what_the_installed_client_publishes() -> None:
    assert acs_fixtures.published_events() == EVENTS


def pascal(data: Any) -> Any:
    if isinstance(data, dict):
        return {name[:1].upper() + name[1:]: pascal(value) for name, value in data.items()}
    return [pascal(one) for one in data] if isinstance(data, list) else data


@pytest.mark.parametrize("write", [lambda data: data, pascal, lambda data: {k.upper(): v for k, v in data.items()}])
def test_keys_are_read_in_any_case(write: Any) -> None:
    cloud = {"specversion": "1.0", "type": RECEIVED.upper(), "data": write(TEXT)}
    own = event(RECEIVED, write(TEXT))
    assert parse(hook(cloud)) == parse(hook([own])) == parse(hook([event(RECEIVED, TEXT)]))
    assert parse(hook([event(REPORTED, write(REPORT))]))[0] == report_of()


@pytest.mark.parametrize(
    ("written", "address"),
    [("14255550123", "+14255550123"), (" +14255550123 ", "+14255550123"), (14255550123, "+14255550123"),
     ("12345", "12345"), ("222222", "222222"), ("CONTOSO", "CONTOSO")],
)  # fmt: skip
def test_numbers_get_the_plus_they_lack_and_short_codes_none(written: object, address: str) -> None:
    assert text_of(**{"from": written}).sender == address


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"messageId": None}, "messageId"),
        ({"messageId": " "}, "messageId"),
        ({"messageId": "a" * 101}, "messageId"),
        ({"messageId": "a\nb"}, "messageId"),
        ({"from": None}, "from"),
        ({"from": "+1\x00"}, "from"),
        ({"to": {"a": 1}}, "to"),
        ({"message": None}, "message"),
        ({"message": 5}, "message"),
    ],
)
def test_a_text_without_what_it_needs_names_the_field(changes: dict[str, Any], field: str) -> None:
    malformed = text_of(**changes)
    assert isinstance(malformed, Malformed)
    assert malformed.field == field


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"message": ""}, "body", ""),
        ({"message": "a\0b"}, "body", "a\ufffdb"),
        ({"segmentCount": None}, "parts", None),
        ({"segmentCount": True}, "parts", None),
        ({"segmentCount": 1000}, "parts", None),
        ({"receivedTimestamp": "soon"}, "provider_at", None),
        ({"receivedTimestamp": "2026-11-23T09:00:45"}, "provider_at", datetime(2026, 11, 23, 9, 0, 45, tzinfo=UTC)),
    ],
)
def test_what_a_text_can_do_without_does_not_stop_it(changes: dict[str, Any], name: str, value: object) -> None:
    assert getattr(text_of(**changes), name) == value


@pytest.mark.parametrize("code", TABLE)
@pytest.mark.parametrize("form", ["{}", "{}: why", "Failed ({}) why"])
def test_every_documented_code_has_its_meaning(code: int, form: str) -> None:
    report = report_of(deliveryStatus="Failed", deliveryStatusDetails=form.format(code))
    assert (report.status, report.error_code) == (TABLE[code].status, str(code))
    assert report.failure.cls is TABLE[code].cls


@pytest.mark.parametrize(
    ("details", "status", "cls"),
    [
        ("Sender blocked for given recipient.", Status.FAILED, FailureClass.OPTED_OUT),
        ("The recipient has opted out", Status.FAILED, FailureClass.OPTED_OUT),
        ("4999: something new", Status.UNDELIVERED, FailureClass.UNKNOWN),
        ("something went wrong", Status.UNDELIVERED, FailureClass.UNKNOWN),
        (None, Status.UNDELIVERED, FailureClass.UNKNOWN),
    ],
)
def test_words_without_a_known_code_still_mean_something(details: object, status: Status, cls: FailureClass) -> None:
    report = report_of(deliveryStatus="Failed", deliveryStatusDetails=details)
    assert (report.status, report.failure.cls) == (status, cls)


@pytest.mark.parametrize("details", ["5002: Carrier does not support delivery report", "2000: No Error"])
def test_a_carrier_that_tells_nothing_has_not_failed_the_text(details: str) -> None:
    report = report_of(deliveryStatus="Failed", deliveryStatusDetails=details)
    assert (report.status, report.failure) == (Status.SENT, None)


@pytest.mark.parametrize("tag", [None, "", "conv-42", "answerback-", "answerback-x", "answerback-" + "9" * 19, 7])
def test_tags_of_other_programs_are_not_ours(tag: object) -> None:
    assert report_of(tag=tag).our_message_id is None


@pytest.mark.parametrize("status", [None, "", "Sent", 1])
def test_a_report_of_neither_is_malformed(status: object) -> None:
    assert report_of(deliveryStatus=status) == Malformed("deliveryStatus", "is neither Delivered nor Failed")


@pytest.mark.parametrize("attempts", [None, [], ["x"], [{}], [{"segmentsSucceeded": "2"}], [{"segmentsFailed": 0}]])
def test_attempts_that_count_nothing_leave_the_parts_open(attempts: object) -> None:
    assert report_of(deliveryAttempts=attempts).parts is None


def test_a_batch_is_read_event_by_event_and_a_bad_one_spoils_no_other() -> None:
    other = event("Microsoft.Communication.ChatMessageReceived", {})
    happenings = parse(hook([event(RECEIVED, TEXT), 5, other, event(REPORTED, REPORT), event(RECEIVED, {})]))
    assert [type(one) for one in happenings] == [InboundText, Malformed, DeliveryReport, Malformed]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'"text"', b"5", b"null", b"[null]", b'[{"data": {}}]'])
def test_what_is_no_event_is_malformed(body: bytes) -> None:
    (happening,) = parse(hook(body))
    assert isinstance(happening, Malformed)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*TEXT, *REPORT]), inner, max_size=4),
    max_leaves=6,
)


@settings(max_examples=1000, deadline=None)
@given(
    kind=st.sampled_from([RECEIVED, REPORTED, "Microsoft.Communication.IncomingCall"]),
    changes=st.dictionaries(st.sampled_from([*TEXT, *REPORT, "correlationId"]), VALUES, max_size=4),
)
def test_whatever_comes_is_read_or_named_and_never_fails(kind: str, changes: dict[str, Any]) -> None:
    for happening in parse(hook([event(kind, (TEXT if kind == RECEIVED else REPORT) | changes)])):
        assert isinstance(happening, (InboundText, DeliveryReport, CallNews, Malformed))


def test_a_failure_that_passes_is_tried_again_later() -> None:
    failure = report_of(deliveryStatus="Failed", deliveryStatusDetails="5001: busy").failure
    assert (failure.retry, bool(failure.retry_after)) == (Retry.LATER, True)
