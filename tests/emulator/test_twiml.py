"""What a webhook may answer."""

import pytest

from answerback_emulator.twilio.documents import TwimlError
from answerback_emulator.twilio.twiml import Reply, read_twiml


@pytest.mark.parametrize("body", ["", "<Response/>", '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'])
def test_no_reply(body: str):
    assert read_twiml("text/xml; charset=utf-8", body.encode()) == []


def test_an_empty_answer_may_have_any_type():
    assert read_twiml("text/plain", b"") == []


def test_replies_carry_body_media_and_addresses():
    body = (
        '<Response><Message>Hola &amp; gracias</Message><Message to="+13125550100" from="+15017122661" '
        'action="http://x/cb"><Body>Look</Body><Media>http://x/1.png</Media><Media>http://x/2.png</Media></Message>'
        "</Response>"
    )
    assert read_twiml("application/xml", body.encode()) == [
        Reply(body="Hola & gracias"),
        Reply("+13125550100", "+15017122661", "http://x/cb", "Look", ["http://x/1.png", "http://x/2.png"]),
    ]


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("application/json", "{}", 12300),
        ("text/plain", "thanks", 12300),
        ("text/xml", "<Response>", 12100),
        ("text/xml", "<Other/>", 12100),
        ("text/xml", "<Response><Say>hi</Say></Response>", 12200),
        ("text/xml", '<!DOCTYPE a [<!ENTITY b "c">]><Response/>', 12100),
    ],
)
def test_unusable_answers_name_the_twilio_code(content_type: str, body: str, code: int):
    with pytest.raises(TwimlError) as refused:
        read_twiml(content_type, body.encode())
    assert refused.value.code == code
