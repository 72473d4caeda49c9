"""What the emulator signs, Twilio's own validator accepts, and nothing else."""

from random import Random

import pytest
from twilio.request_validator import RequestValidator, get_signature_algorithm

from answerback_emulator.twilio.signing import sign_url, signature_headers
from answerback_emulator.world.records import Account, SharedKey

PUBLISHED = [
    ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
]
CALL = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
    ("Caller", "+14158675309"),
]
ALPHABETS = ["abcXYZ019", " &=+%#?/", "áñÜ€ß", "日本語", "👍🏽😀", "\n\r\t\"'<>"]


class Repeating:
    """Form fields as web frameworks hold them, for the validator."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields = fields

    def __iter__(self):
        return iter({name for name, _ in self._fields})

    def __len__(self) -> int:
        return len(self._fields)

    def getlist(self, wanted: str) -> list[str]:
        return [value for name, value in self._fields if name == wanted]


def any_fields(random: Random) -> list[tuple[str, str]]:
    names = random.choices(["Body", "From", "To", "MediaUrl0", "MediaUrl1", "A", "a", "SmsSid", "Ñ"], k=8)
    return [(name, "".join(random.choices(random.choice(ALPHABETS), k=random.randrange(12)))) for name in names]


def any_url(random: Random) -> str:
    port = random.choice(["", "", ":443", ":80", ":8080", ":65535"])
    path = random.choice(["", "/", "/hooks/twilio/1/message", "/a%20b/%C3%B1", "/x/"])
    query = random.choice(["", "?x=1", "?b=2&a=%26&empty=", "?q=ñ"])
    return f"{random.choice(['http', 'https'])}://cc.example.com{port}{path}{query}"


@pytest.mark.parametrize(("url", "signature"), PUBLISHED)
def test_published_examples(url: str, signature: str):
    assert sign_url(url, CALL, "12345", "sha1") == signature


def test_a_value_given_twice_counts_once():
    fields = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign_url(url, fields, "12345", "sha1") == "IK+Dwps556ElfBT0I3Rgjkr1wJU="


@pytest.mark.parametrize("shared", [False, True], ids=["token", "shared key"])
def test_thousands_of_generated_requests_pass_the_official_validator(shared: bool):
    random = Random(7)
    key = SharedKey(id="key_1", secret="shared-secret")
    account = Account(sid="AC1", auth_token="token", shared_keys=[key], signing_key="key_1" if shared else None)
    validator = RequestValidator("shared-secret" if shared else "token")
    for _ in range(3_000):
        url, fields = any_url(random), any_fields(random)
        headers = signature_headers(account, url, fields)
        algorithm = get_signature_algorithm(headers.get("X-Twilio-Webhooks-Signature-Settings"))
        assert algorithm == ("HMAC_SHA256" if shared else "HMAC_SHA1")
        signature = headers["X-Twilio-Signature"]
        assert validator.validate(url, Repeating(fields), signature, algorithm), (url, fields)
        assert not validator.validate(url, Repeating([*fields, ("Extra", "x")]), signature, algorithm)
