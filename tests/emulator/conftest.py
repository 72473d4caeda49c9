"""An emulator with one account, number and phone; a webhook; and Twilio's own client pointed at the emulator."""

from collections.abc import Iterator

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from answerback_emulator.settings.config import Config
from answerback_emulator.settings.dials import Dials
from answerback_emulator.world.records import Account, ApiKey, Phone
from tests.emulator.loopback import ACCOUNT, NUMBER, PHONE, TOKEN, RunningEmulator, Webhook, serve_webhook


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    server = serve_webhook(hook)
    yield hook
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def served() -> Iterator[RunningEmulator]:
    """One emulator for the run; `emulator` empties it for each test."""
    config = Config(
        accounts=[Account(sid=ACCOUNT, auth_token=TOKEN, api_keys=[ApiKey(sid="SK" + "b" * 32, secret="quiet")])],
        phones=[Phone(number=PHONE, name="James Lee")],
        dials=Dials(delay_ms=0, speech_scale=0),
    )
    with RunningEmulator(config) as running:
        yield running


@pytest.fixture
def emulator(served: RunningEmulator, webhook: Webhook) -> RunningEmulator:
    served.admin("POST", "/emulator/reset")
    number = {"account_sid": ACCOUNT, "phone_number": NUMBER, "sms_url": webhook.url, "voice_url": webhook.url}
    served.admin("POST", "/emulator/numbers", number)
    return served


@pytest.fixture
def client(emulator: RunningEmulator) -> Iterator[Client]:
    yield from sdk_client(emulator, ACCOUNT, TOKEN)


def sdk_client(emulator: RunningEmulator, user: str, password: str) -> Iterator[Client]:
    transport = TwilioHttpClient()
    client = Client(user, password, account_sid=ACCOUNT, http_client=transport)
    client.api.base_url = client.messaging.base_url = emulator.url
    yield client
    transport.session.close()
