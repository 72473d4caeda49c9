"""What Twilio's webhooks say becomes the centre's values; what cannot be read is named by its field."""

from dataclasses import replace

import pytest

from answerback.domain.sending.failure import FailureClass
from answerback.providers.contract import DeliveryReport, HookRequest, InboundText, Malformed, MediaItem
from answerback.providers.facts import Door
from answerback.providers.twilio.parse import parse, parse_message, parse_status
from tests.providers.hooks import FORM, MESSAGE_SID, STATUS, TEXT, URL, hook

STATUS_URL = "https://texts.example.com/hooks/twilio/1/status"


def text_of(**changes: str) -> InboundText:
    parsed = parse_message(hook(TEXT | changes))
    assert isinstance(parsed, InboundText), parsed
    return parsed


def report_of(url: str = STATUS_URL, **changes: str) -> DeliveryReport:
    parsed = parse_status(hook(STATUS | changes, url=url, door=Door.STATUS))
    assert isinstance(parsed, DeliveryReport), parsed
    return parsed


def without(fields: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name not in names}


def test_a_text_is_read_whole() -> None:
    assert text_of() == InboundText(MESSAGE_SID, "+15017122661", "+15558675310", "Hello there", parts=1)


def test_fields_nobody_has_heard_of_are_welcome() -> None:
    assert text_of(ChannelMetadata="{}", Surprise="1") == text_of()


def test_all_pictures_are_kept_in_order() -> None:
    media = {f"MediaUrl{n}": f"https://api.twilio.com/m/{n}" for n in range(3)}
    text = text_of(NumMedia="3", MediaContentType0="image/jpeg", MediaContentType2="image/png", **media)
    assert text.media == (
        MediaItem("https://api.twilio.com/m/0", "image/jpeg"),
        MediaItem("https://api.twilio.com/m/1", "application/octet-stream"),
        MediaItem("https://api.twilio.com/m/2", "image/png"),
    )


def test_a_picture_may_come_without_words_and_beyond_the_announced_count() -> None:
    text = text_of(Body="", NumMedia="0", MediaUrl0="https://api.twilio.com/m/0")
    assert text.body == ""
    assert len(text.media) == 1


@pytest.mark.parametrize("kind", ["STOP", "START", "HELP"])
def test_a_keyword_the_provider_has_answered_is_marked(kind: str) -> None:
    assert text_of(Body="whatever", OptOutType=kind.lower()).opt_out_kind == kind
    assert text_of(Body=kind).opt_out_kind is None
    assert text_of(OptOutType="SOMETHING").opt_out_kind is None


def test_a_body_keeps_its_spaces_lines_and_signs_but_no_nul() -> None:
    assert text_of(Body=" a\n👍 é\0 ").body == " a\n👍 é� "


def test_a_text_may_come_by_get() -> None:
    url = f"{URL}?MessageSid=SM1&From=%2B15558675310&To=%2B15017122661&Body=a+b"
    parsed = parse_message(HookRequest(Door.MESSAGE, "GET", url, {}, b"", "not=this"))
    assert parsed == InboundText("SM1", "+15017122661", "+15558675310", "a b")


def test_older_names_of_the_id_serve_too() -> None:
    parsed = parse_message(hook(without(TEXT, "MessageSid")))
    assert isinstance(parsed, InboundText)
    assert parsed.provider_message_id == MESSAGE_SID


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"MessageSid": "", "SmsSid": ""}, "MessageSid"),
        ({"MessageSid": "S" * 65}, "MessageSid"),
        ({"MessageSid": "SM\x00"}, "MessageSid"),
        ({"From": " "}, "From"),
        ({"To": ""}, "To"),
        ({"From": "+1\x07555"}, "From"),
        ({"NumMedia": "two"}, "NumMedia"),
        ({"NumMedia": "-1"}, "NumMedia"),
        ({"NumMedia": "9" * 30}, "NumMedia"),
        ({"NumMedia": "2", "MediaUrl0": "https://api.twilio.com/m/0"}, "MediaUrl1"),
    ],
)
def test_what_is_missing_or_wrong_in_a_text_is_named(changes: dict[str, str], field: str) -> None:
    parsed = parse_message(hook(TEXT | changes))
    assert isinstance(parsed, Malformed)
    assert parsed.field == field
    assert parsed.problem


def test_a_body_in_another_form_than_twilios_is_named() -> None:
    request = HookRequest(Door.MESSAGE, "POST", URL, {"content-type": "application/json"}, b"{}")
    for door in (Door.MESSAGE, Door.STATUS, Door.VOICE):
        (parsed,) = parse(replace(request, door=door))
        assert isinstance(parsed, Malformed)
        assert parsed.field == "Content-Type"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("accepted", "accepted"),
        ("scheduled", "accepted"),
        ("queued", "accepted"),
        ("sending", "accepted"),
        ("sent", "sent"),
        ("partially_delivered", "sent"),
        ("delivered", "delivered"),
        ("read", "read"),
        ("undelivered", "undelivered"),
        ("failed", "failed"),
        ("canceled", "canceled"),
    ],
)
def test_each_status_has_its_word_here(word: str, status: str) -> None:
    report = report_of(MessageStatus=word)
    assert report.status == status
    assert (report.failure is not None) == (word in ("failed", "undelivered"))


def test_a_failed_text_says_why() -> None:
    report = report_of(MessageStatus="undelivered", ErrorCode="30005")
    assert report.error_code == "30005"
    assert report.failure is not None
    assert report.failure.cls is FailureClass.INVALID_RECIPIENT


def test_a_failure_without_or_with_an_unheard_of_code_still_is_one() -> None:
    bare, odd = report_of(MessageStatus="failed"), report_of(MessageStatus="failed", ErrorCode="99999")
    for report in (bare, odd):
        assert report.failure is not None
        assert report.failure.cls is FailureClass.UNKNOWN
    assert (bare.error_code, odd.error_code) == (None, "99999")


def test_a_delivered_text_with_a_stray_code_has_not_failed() -> None:
    assert report_of(ErrorCode="0").error_code is None
    assert report_of(ErrorCode="30007").failure is None


def test_a_report_names_our_message_by_the_address_we_gave() -> None:
    assert report_of(f"{STATUS_URL}?message=4711").our_message_id == 4711
    assert report_of().our_message_id is None


def test_older_names_of_the_status_serve_too() -> None:
    parsed = parse_status(hook(without(STATUS, "MessageStatus") | {"SmsStatus": "SENT"}, url=STATUS_URL))
    assert isinstance(parsed, DeliveryReport)
    assert parsed.status == "sent"


@pytest.mark.parametrize("word", ["received", "receiving"])
def test_the_status_of_a_text_to_us_reports_nothing(word: str) -> None:
    assert parse(hook(STATUS | {"MessageStatus": word}, url=STATUS_URL, door=Door.STATUS)) == ()


@pytest.mark.parametrize(
    ("url", "changes", "field"),
    [
        (STATUS_URL, {"MessageSid": ""}, "MessageSid"),
        (STATUS_URL, {"MessageStatus": ""}, "MessageStatus"),
        (STATUS_URL, {"MessageStatus": "teleported"}, "MessageStatus"),
        (f"{STATUS_URL}?message=x", {}, "message"),
        (f"{STATUS_URL}?message=", {}, "message"),
        (f"{STATUS_URL}?message=9223372036854775808", {}, "message"),
        (f"{STATUS_URL}?message={'9' * 40}", {}, "message"),
    ],
)
def test_what_is_missing_or_wrong_in_a_report_is_named(url: str, changes: dict[str, str], field: str) -> None:
    parsed = parse_status(hook(STATUS | changes, url=url, door=Door.STATUS))
    assert isinstance(parsed, Malformed)
    assert parsed.field == field


def test_forms_are_recognised_however_their_type_is_written() -> None:
    request = hook(TEXT)
    headers = {"content-type": FORM.upper()}
    again = HookRequest(Door.MESSAGE, "POST", URL, headers, request.body)
    assert parse_message(again) == parse_message(request)
