"""Calls of Azure through its official client: coming in, put through, placed, and what each event says."""

import jwt
import pytest
from azure.communication.callautomation import CallRejectReason, FileSource
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from tests.emulator.acs_calling import AGENT, LINE, SPEECH, WELCOME, Centre, centre, kind_of, phone
from tests.emulator.acs_world import KEY, RESOURCE
from tests.emulator.loopback import PHONE

__all__ = ["centre"]


def test_event_grid_tells_of_an_incoming_call(centre: Centre):
    call = centre.emulator.call_from(PHONE, LINE)
    told = centre.event("IncomingCall")
    assert (told["from"]["phoneNumber"]["value"], told["to"]["rawId"]) == (PHONE, f"4:{LINE}")
    assert told["correlationId"] == call["id"]
    assert call["status"] == "ringing"


def test_a_resource_that_wants_cloud_events_gets_the_call_as_one(centre: Centre):
    account = {"sid": RESOURCE, "provider": "acs", "auth_token": KEY, "event_url": f"{centre.webhook.url}/cloud"}
    centre.emulator.admin("POST", "/emulator/accounts", account | {"event_schema": "cloudevents"})
    centre.emulator.call_from(PHONE, LINE)
    assert centre.incoming()
    (call,) = centre.webhook.wait_for(1, lambda one: kind_of(one) == "IncomingCall")
    assert call.path == "/hook/cloud"


def test_an_answered_caller_hears_a_greeting_until_the_centre_hangs_up(centre: Centre):
    call = centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(
        centre.incoming(), centre.url, operation_context="greet", cognitive_services_endpoint=SPEECH
    )
    assert (answered.call_connection_state, answered.correlation_id) == ("connecting", call["id"])
    assert answered.server_call_id == centre.event("IncomingCall")["serverCallId"]
    assert centre.event("CallConnected")["operationContext"] == "greet"
    connection = centre.client.get_call_connection(answered.call_connection_id)
    assert connection.get_call_properties().call_connection_state == "connected"
    connection.play_media([WELCOME, FileSource(url="https://x.example.com/a.wav")], operation_context="words")
    assert centre.event("PlayCompleted")["operationContext"] == "words"
    connection.hang_up(is_for_everyone=True)
    centre.event("CallDisconnected")
    ended = centre.emulator.call_until(call["id"], "completed")
    assert [one["words"] for one in ended["said"]] == ["Welcome to Contoso", "https://x.example.com/a.wav"]
    assert centre.kinds() == [
        "IncomingCall", "CallConnected", "ParticipantsUpdated", "PlayStarted", "PlayCompleted", "CallDisconnected",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "status"),
    [(CallRejectReason.BUSY, "busy"), (CallRejectReason.NONE, "no-answer"), (CallRejectReason.FORBIDDEN, "failed")],
)
def test_a_rejected_caller_was_never_answered(centre: Centre, reason: CallRejectReason, status: str):
    call = centre.emulator.call_from(PHONE, LINE)
    centre.client.reject_call(centre.incoming(), call_reject_reason=reason)
    assert centre.emulator.call_until(call["id"], status)["status"] == status


def test_a_redirected_caller_talks_to_the_other_phone(centre: Centre):
    call = centre.emulator.call_from(PHONE, LINE)
    centre.client.redirect_call(centre.incoming(), phone(AGENT))
    leg = centre.emulator.pick_up(AGENT)
    assert centre.emulator.call_until(call["id"], "in-progress")["bridged_to"] == AGENT
    centre.emulator.admin("POST", f"/emulator/calls/{call['id']}/hang-up")
    assert centre.emulator.call_until(leg["id"], "completed")["status"] == "completed"
    assert centre.kinds() == ["IncomingCall"]


def test_a_caller_nobody_answers_gives_up_and_a_late_answer_fails(centre: Centre):
    centre.emulator.turn(ringing_scale=0.005)
    call = centre.emulator.call_from(PHONE, LINE)
    assert centre.emulator.call_until(call["id"], "no-answer")["status"] == "no-answer"
    centre.client.answer_call(centre.incoming(), centre.url)
    assert centre.event("AnswerFailed")["resultInformation"]["subCode"] == 560480


def test_the_agent_is_called_then_the_customer_is_added_and_both_talk(centre: Centre):
    placed = centre.client.create_call(phone(AGENT), centre.url, source_caller_id_number=phone(LINE))
    connection = centre.client.get_call_connection(placed.call_connection_id)
    centre.emulator.pick_up(AGENT)
    assert centre.event("CallConnected")["callConnectionId"] == placed.call_connection_id
    added = connection.add_participant(
        phone(PHONE), source_caller_id_number=phone(LINE), invitation_timeout=20, operation_context="customer"
    )
    customer = centre.emulator.pick_up(PHONE)
    assert customer["from"] == LINE
    told = centre.event("AddParticipantSucceeded")
    assert (told["operationContext"], told["participant"]["phoneNumber"]["value"]) == ("customer", PHONE)
    assert told["invitationId"] == added.invitation_id
    raw_ids = {one.identifier.raw_id for one in connection.list_participants() if one.identifier}
    assert raw_ids > {f"4:{AGENT}", f"4:{PHONE}"}
    centre.emulator.admin("POST", f"/emulator/calls/{customer['id']}/hang-up")
    assert len(centre.event("ParticipantsUpdated", 3)["participants"]) == 2
    connection.remove_participant(phone(AGENT))
    centre.event("RemoveParticipantSucceeded")
    centre.event("CallDisconnected")


@pytest.mark.parametrize(("answers", "code"), [("busy", 486), ("never", 480)])
def test_a_phone_that_is_not_reached_says_why(centre: Centre, answers: str, code: int):
    centre.emulator.admin("POST", "/emulator/phones", {"number": AGENT, "answers_calls": answers})
    centre.emulator.turn(ringing_scale=0.005)
    centre.client.create_call(phone(AGENT), centre.url, source_caller_id_number=phone(LINE))
    assert centre.event("CreateCallFailed")["resultInformation"]["code"] == code
    centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(centre.incoming(), centre.url)
    centre.event("CallConnected")
    connection = centre.client.get_call_connection(answered.call_connection_id)
    connection.add_participant(phone(AGENT), source_caller_id_number=phone(LINE), invitation_timeout=5)
    assert centre.event("AddParticipantFailed")["resultInformation"]["code"] == code


def test_a_transferred_caller_talks_without_the_centre(centre: Centre):
    call = centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(centre.incoming(), centre.url)
    centre.event("CallConnected")
    connection = centre.client.get_call_connection(answered.call_connection_id)
    connection.transfer_call_to_participant(phone(AGENT), operation_context="first")
    declined = centre.emulator.ringing(AGENT)
    centre.emulator.admin("POST", f"/emulator/calls/{declined['id']}/decline")
    failed = centre.event("CallTransferFailed")
    assert (failed["operationContext"], failed["resultInformation"]["code"]) == ("first", 603)
    connection.transfer_call_to_participant(phone(AGENT), operation_context="second")
    centre.emulator.pick_up(AGENT)
    accepted = centre.event("CallTransferAccepted")
    assert (accepted["transferee"]["rawId"], accepted["transferTarget"]["rawId"]) == (f"4:{PHONE}", f"4:{AGENT}")
    centre.event("CallDisconnected")
    assert centre.emulator.admin("GET", f"/emulator/calls/{call['id']}")["bridged_to"] == AGENT


def test_an_invitation_is_called_off(centre: Centre):
    centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(centre.incoming(), centre.url)
    centre.event("CallConnected")
    connection = centre.client.get_call_connection(answered.call_connection_id)
    added = connection.add_participant(phone(AGENT), source_caller_id_number=phone(LINE))
    leg = centre.emulator.ringing(AGENT)
    connection.cancel_add_participant_operation(str(added.invitation_id))
    centre.event("CancelAddParticipantSucceeded")
    assert centre.emulator.call_until(leg["id"], "canceled")["status"] == "canceled"


def test_two_people_talk_on_when_the_centre_leaves(centre: Centre):
    call = centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(centre.incoming(), centre.url)
    centre.event("CallConnected")
    connection = centre.client.get_call_connection(answered.call_connection_id)
    connection.add_participant(phone(AGENT), source_caller_id_number=phone(LINE))
    leg = centre.emulator.pick_up(AGENT)
    centre.event("AddParticipantSucceeded")
    connection.hang_up(is_for_everyone=False)
    centre.event("CallDisconnected")
    assert centre.emulator.admin("GET", f"/emulator/calls/{call['id']}")["bridged_to"] == AGENT
    centre.emulator.admin("POST", f"/emulator/calls/{leg['id']}/hang-up")
    assert centre.emulator.call_until(call["id"], "completed")["status"] == "completed"


def test_text_cannot_be_spoken_without_cognitive_services(centre: Centre):
    centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(centre.incoming(), centre.url)
    centre.event("CallConnected")
    centre.client.get_call_connection(answered.call_connection_id).play_media(WELCOME)
    assert centre.event("PlayFailed")["resultInformation"]["subCode"] == 8565


def test_playing_stops_when_all_media_is_cancelled(centre: Centre):
    centre.emulator.turn(speech_scale=10)
    centre.emulator.call_from(PHONE, LINE)
    answered = centre.client.answer_call(centre.incoming(), centre.url, cognitive_services_endpoint=SPEECH)
    centre.event("CallConnected")
    connection = centre.client.get_call_connection(answered.call_connection_id)
    connection.play_media(WELCOME, loop=True)
    centre.event("PlayStarted")
    connection.cancel_all_media_operations()
    centre.event("PlayCanceled")


def test_the_tokens_of_events_check_out_against_the_published_keys(centre: Centre):
    centre.emulator.call_from(PHONE, LINE)
    centre.client.answer_call(centre.incoming(), centre.url)
    (call,) = centre.webhook.wait_for(1, lambda one: kind_of(one) == "CallConnected")
    assert call.path == "/hook/calls?key=k"
    found = centre.emulator.admin("GET", "/calling/.well-known/acsopenidconfiguration")
    token = call.headers["Authorization"].removeprefix("Bearer ")
    key = jwt.PyJWKClient(found["jwks_uri"]).get_signing_key_from_jwt(token)
    claims = jwt.decode(token, key, algorithms=["RS256"], issuer=found["issuer"], options={"verify_aud": False})
    assert claims["exp"] - claims["iat"] == 300
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token[:-8] + "AAAAAAAA", key, algorithms=["RS256"], options={"verify_aud": False})


def test_issuer_and_audience_are_the_accounts_to_choose(centre: Centre):
    account = {"sid": RESOURCE, "provider": "acs", "auth_token": KEY, "event_url": f"{centre.webhook.url}/grid"}
    centre.emulator.admin("POST", "/emulator/accounts", account | {"call_issuer": "me", "call_audience": "you"})
    centre.emulator.call_from(PHONE, LINE)
    centre.client.answer_call(centre.incoming(), centre.url)
    (call,) = centre.webhook.wait_for(1, lambda one: kind_of(one) == "CallConnected")
    token = call.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["iss"], claims["aud"]) == ("me", "you")


def test_a_repeated_request_is_done_once(centre: Centre):
    once = {"Repeatability-Request-ID": "5d3e1ab0-0000-4000-8000-000000000001"}
    when = {"Repeatability-First-Sent": "Wed, 25 Nov 2026 16:00:00 GMT"}
    asked = {"source_caller_id_number": phone(LINE)}
    first = centre.client.create_call(phone(AGENT), centre.url, headers=once | when, **asked)
    second = centre.client.create_call(phone(AGENT), centre.url, headers=once | when, **asked)
    assert first.call_connection_id == second.call_connection_id
    assert len(centre.emulator.admin("GET", "/emulator/calls")) == 1
    with pytest.raises(HttpResponseError) as refused:
        centre.client.create_call(phone(PHONE), centre.url, headers=once | when, **asked)
    assert refused.value.status_code == 412


def test_refusals_carry_azures_code(centre: Centre):
    with pytest.raises(ResourceNotFoundError) as missing:
        centre.client.get_call_connection("nowhere").get_call_properties()
    assert "8522" in str(missing.value)
    with pytest.raises(HttpResponseError) as refused:
        centre.client.create_call(phone(AGENT), centre.url, source_caller_id_number=phone("+18335550199"))
    assert "not a number of this resource" in str(refused.value)
    placed = centre.client.create_call(phone(AGENT), centre.url, source_caller_id_number=phone(LINE))
    with pytest.raises(HttpResponseError) as early:
        centre.client.get_call_connection(placed.call_connection_id).play_media(WELCOME)
    assert "Established" in str(early.value)
