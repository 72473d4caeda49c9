"""Event Grid's events: both schemas as Microsoft's own models and our adapter read them, in batches, by the dials."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from azure.communication.sms import SmsClient
from azure.core.messaging import CloudEvent
from azure.eventgrid import EventGridEvent, SystemEventNames

from answerback.providers.acs.parse import parse
from answerback.providers.contract import DeliveryReport, HookRequest, InboundText
from answerback.providers.facts import Door
from tests.emulator.acs_world import (
    RESOURCE,
    TOLL_FREE,
    at_grid,
    declare,
    events_in,
    notifications,
    quick,
    sms_client,
    text_in,
    told,
)
from tests.emulator.loopback import PHONE, RunningEmulator, Webhook

__all__ = ["at_grid", "quick"]


SUBJECT = f"/phonenumber/{TOLL_FREE.removeprefix('+')}"


@pytest.fixture
def azure(at_grid: RunningEmulator) -> SmsClient:
    return sms_client(at_grid, retry_total=0)


def test_a_text_from_a_phone_is_an_event_of_event_grids_own_schema(at_grid: RunningEmulator, webhook: Webhook):
    declare(at_grid, webhook)
    received = text_in(at_grid, "Olá 👍")
    assert received["http_status"] == 200
    (call,) = notifications(webhook, 1)
    assert call.headers["Content-Type"] == "application/json; charset=utf-8"
    assert call.headers["aeg-subscription-name"] == f"{RESOURCE}-EVENTS".upper()
    assert (call.headers["aeg-delivery-count"], call.headers["aeg-data-version"]) == ("0", "1.0")
    (document,) = json.loads(call.body)
    event = EventGridEvent.from_json(json.dumps(document))
    assert event.event_type == SystemEventNames.AcsSmsReceivedEventName
    assert (event.subject, event.data["message"]) == (SUBJECT, "Olá 👍")
    assert (event.data["from"], event.data["to"], event.data["segmentCount"]) == (PHONE, TOLL_FREE, 1)
    assert event.data["messageId"] == received["sid"]


def test_a_report_is_a_cloudevent_by_itself(at_grid: RunningEmulator, webhook: Webhook, azure: SmsClient):
    declare(at_grid, webhook, event_schema="cloudevents")
    (line,) = azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True)
    (call,) = notifications(webhook, 1)
    assert call.headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    event = CloudEvent.from_dict(json.loads(call.body))
    assert event.type == SystemEventNames.AcsSmsDeliveryReportReceivedEventName
    assert isinstance(event.data, dict)
    assert event.data["messageId"] == line.message_id
    assert f"communicationservices/{RESOURCE}" in event.source


@pytest.mark.parametrize(
    ("schema", "kind"),
    [("eventgrid", "application/json"), ("cloudevents", "application/cloudevents-batch+json")],
)
def test_events_gather_into_batches_while_one_is_under_way(
    at_grid: RunningEmulator, webhook: Webhook, azure: SmsClient, schema: str, kind: str
):
    declare(at_grid, webhook, event_schema=schema, event_batch=40)
    lines = azure.send(TOLL_FREE, [PHONE] * 100, "Hi", enable_delivery_report=True)
    sent = {line.message_id for line in lines}
    heard = set[str]()
    for calls in range(1, 101):
        heard = {event["data"]["messageId"] for event in told(webhook, calls)}
        if heard == sent:
            break
    assert heard == sent
    batches = notifications(webhook, 1)
    sizes = [len(events_in(call)) for call in batches]
    assert 40 in sizes
    assert max(sizes) == 40
    assert sum(sizes) == 100
    assert {call.headers["Content-Type"] for call in batches} == {f"{kind}; charset=utf-8"}


@pytest.mark.parametrize(
    ("style", "names", "plus"),
    [("plain", {"messageId", "from"}, "+"), ("bare", {"messageId", "from"}, ""), ("pascal", {"MessageId", "From"}, "")],
)
def test_events_come_in_the_spellings_that_are_published(
    at_grid: RunningEmulator, webhook: Webhook, azure: SmsClient, style: str, names: set[str], plus: str
):
    declare(at_grid, webhook, event_style=style)
    text_in(at_grid)
    azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True, tag="t")
    received, reported = (event["data"] for event in told(webhook, 2))
    assert names <= set(received)
    assert received.get("from", received.get("From")) == plus + PHONE.removeprefix("+")
    (attempt,) = reported.get("deliveryAttempts") or reported["DeliveryAttempts"]
    assert ("SegmentsSucceeded" in attempt) is (style == "pascal")
    assert reported.get("tag", reported.get("Tag")) == "t"


@pytest.mark.parametrize("schema", ["eventgrid", "cloudevents"])
@pytest.mark.parametrize("style", ["plain", "bare", "pascal"])
@pytest.mark.parametrize("batch", [1, 10])
def test_our_adapter_reads_them_all_alike(
    at_grid: RunningEmulator, webhook: Webhook, azure: SmsClient, schema: str, style: str, batch: int
):
    declare(at_grid, webhook, event_schema=schema, event_style=style, event_batch=batch)
    received = text_in(at_grid)
    (line,) = azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True, tag="answerback-7")
    calls = notifications(webhook, 2)
    heard = [
        one for call in calls for one in parse(HookRequest(Door.EVENTS, "POST", webhook.url, {}, call.body.encode()))
    ]
    text, report = heard
    assert isinstance(text, InboundText)
    assert (text.provider_message_id, text.sender, text.to) == (received["sid"], PHONE, TOLL_FREE)
    assert (text.body, text.parts, bool(text.provider_at)) == ("Olá 👍", 1, True)
    assert isinstance(report, DeliveryReport)
    assert (report.provider_message_id, report.our_message_id) == (line.message_id, 7)
    assert (report.status, report.parts, bool(report.at)) == ("delivered", 1, True)


def test_the_dials_repeat_and_lose_events(at_grid: RunningEmulator, webhook: Webhook, azure: SmsClient):
    declare(at_grid, webhook)
    at_grid.turn(duplicate_probability=1)
    azure.send(TOLL_FREE, PHONE, "Hi", enable_delivery_report=True)
    first, second = told(webhook, 2)
    assert first == second
    at_grid.turn(duplicate_probability=0, lost_callback_probability=1)
    assert text_in(at_grid, "lost")["http_status"] is None
    at_grid.turn(lost_callback_probability=0)
    text_in(at_grid, "next")
    assert [event["data"].get("message") for event in told(webhook, 3)][2:] == ["next"]


def test_the_dial_for_disorder_lets_later_events_overtake(at_grid: RunningEmulator, webhook: Webhook):
    declare(at_grid, webhook)
    at_grid.turn(disorder_probability=1, delay_ms=300)
    with ThreadPoolExecutor(1) as other:
        held_back = other.submit(text_in, at_grid, "first")
        while not at_grid.thread(PHONE):
            pass
        at_grid.turn(disorder_probability=0, delay_ms=0)
        text_in(at_grid, "second")
        assert held_back.result()["http_status"] == 200
    assert [event["data"]["message"] for event in told(webhook, 2)] == ["second", "first"]


def test_a_resource_without_an_address_tells_nobody(at_grid: RunningEmulator, webhook: Webhook):
    declare(at_grid, None)
    assert text_in(at_grid)["http_status"] is None
    assert webhook.calls == []
