"""Event Grid's handshakes: nobody hears an event who has not agreed to, in the way of the schema."""

import pytest
from azure.eventgrid import EventGridEvent, SystemEventNames

from tests.emulator.acs_world import (
    agree,
    at_grid,
    declare,
    events_in,
    is_notification,
    notifications,
    quick,
    text_in,
    told,
)
from tests.emulator.loopback import Reply, RunningEmulator, Webhook

__all__ = ["at_grid", "quick"]


def test_an_address_must_send_the_code_back_before_it_hears_anything(at_grid: RunningEmulator, webhook: Webhook):
    declare(at_grid, webhook)
    (call,) = webhook.calls
    assert (call.method, call.headers["aeg-event-type"]) == ("POST", "SubscriptionValidation")
    event = EventGridEvent.from_dict(events_in(call)[0])
    assert event.event_type == SystemEventNames.EventGridSubscriptionValidationEventName
    assert event.data["validationCode"]
    text_in(at_grid)
    text_in(at_grid)
    assert [is_notification(call) for call in webhook.calls] == [False, True, True]


def test_with_cloudevents_it_must_allow_the_origin(at_grid: RunningEmulator, webhook: Webhook):
    declare(at_grid, webhook, event_schema="cloudevents")
    (call,) = webhook.calls
    assert (call.method, call.body) == ("OPTIONS", "")
    assert call.headers["WebHook-Request-Origin"] == "eventgrid.azure.net"
    text_in(at_grid)
    assert len(notifications(webhook, 1)) == 1


@pytest.mark.parametrize(
    ("schema", "answer"),
    [
        ("eventgrid", Reply(200)),
        ("eventgrid", Reply(202, "application/json", '{"validationResponse": "?"}')),
        ("eventgrid", Reply(404)),
        ("cloudevents", Reply(200)),
        ("cloudevents", Reply(200, headers={"WebHook-Allowed-Origin": "elsewhere.example"})),
        ("cloudevents", Reply(405, headers={"WebHook-Allowed-Origin": "*"})),
    ],
)
def test_an_address_that_does_not_agree_hears_nothing(
    at_grid: RunningEmulator, webhook: Webhook, schema: str, answer: Reply
):
    webhook.answer = lambda _call: answer
    declare(at_grid, webhook, event_schema=schema)
    assert text_in(at_grid)["http_status"] is None
    assert not [call for call in webhook.calls if is_notification(call)]
    assert "handshake" in at_grid.admin("GET", "/emulator/alerts")[0]["detail"]


def test_what_came_meanwhile_is_told_once_it_agrees(at_grid: RunningEmulator, webhook: Webhook):
    webhook.answer = lambda _call: Reply(404)
    declare(at_grid, webhook)
    text_in(at_grid, "early")
    webhook.answer = agree
    assert told(webhook, 1)[0]["data"]["message"] == "early"


def test_another_address_or_schema_must_agree_anew(at_grid: RunningEmulator, webhook: Webhook):
    declare(at_grid, webhook)
    declare(at_grid, webhook)
    assert len(webhook.calls) == 1
    declare(at_grid, webhook, event_schema="cloudevents")
    declare(at_grid, webhook, event_url=f"{webhook.url}?key=new")
    assert len(webhook.calls) == 3
