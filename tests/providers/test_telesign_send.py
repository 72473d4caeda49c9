"""After a send it is certain what is certain: accepted, not sent, or unclear; nothing in between."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from answerback.domain.ids import AccountId, MessageId
from answerback.domain.sending.failure import FailureClass, Retry
from answerback.domain.sending.status import Status
from answerback.providers.contract import (
    Accepted,
    Account,
    AvailableNumber,
    CallbackUrls,
    NotSent,
    OutboundText,
    ProviderError,
    Unclear,
)
from answerback.providers.telesign.provider import TelesignProvider
from answerback.providers.telesign.send import form_of
from tests.providers.sending import send_one

REFERENCE = "0123456789ABCDEF0123456789ABCDEF"
HELD = {"customer_id": "FFFFFFFF-EEEE-DDDD-1234-AB1234567890", "api_key": "c2VjcmV0"}
TEXT = OutboundText(MessageId(7), "+15017122661", None, "+15558675310", "Olá", status_callback="https://x.example/cb")


@dataclass(slots=True)
class Server:
    """Answers with `status` and `body`; "" for a body closes the connection without a word."""

    account: Account
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def says(self, status: int, body: str, **headers: str) -> None:
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.method, request.path, dict(request.headers)))
        await request.read()
        if not self.body:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=self.status, text=self.body, headers=self.headers)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    app = web.Application()
    made = Server(Account(AccountId(1), "telesign", HELD, ""))
    app.router.add_route("*", "/{any:.*}", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.account = Account(AccountId(1), "telesign", HELD, f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        yield made
    finally:
        await runner.cleanup()


@pytest.fixture
async def telesign() -> AsyncIterator[TelesignProvider]:
    async with aiohttp.ClientSession() as session:
        yield TelesignProvider(session)


def answer(code: int, reference: str | None = REFERENCE) -> str:
    shown = f'"{reference}"' if reference else "null"
    return f'{{"reference_id": {shown}, "status": {{"code": {code}, "description": "x"}}}}'


async def test_a_taken_text_is_accepted_under_its_reference(telesign: TelesignProvider, server: Server) -> None:
    server.says(200, answer(290))
    assert await send_one(telesign, server.account, TEXT) == Accepted(REFERENCE, Status.ACCEPTED)
    method, path, headers = server.asked[0]
    assert (method, path) == ("POST", "/v1/messaging")
    assert headers["Authorization"].startswith(f"TSA {HELD['customer_id']}:")


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [("reply", "ARN"), ("proactive", "ARN"), ("campaign", "MKT"), ("promotional", "MKT"), ("otp", "OTP")],
)
def test_the_message_type_follows_the_purpose(purpose: str, kind: str) -> None:
    text = OutboundText(MessageId(7), "12345", None, "+15558675310", "Olá", purpose=purpose)
    assert dict(form_of(text)) == {
        "phone_number": "15558675310",
        "message": "Olá",
        "message_type": kind,
        "sender_id": "12345",
        "external_id": "7",
    }


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, ""),
        (200, '{"reference_id": "01'),
        (200, answer(290, None)),
        (500, answer(500)),
        (503, "busy"),
        (408, "late"),
    ],
)
async def test_what_may_have_been_carried_out_is_unclear(
    status: int, body: str, telesign: TelesignProvider, server: Server
) -> None:
    server.says(status, body)
    assert isinstance(await send_one(telesign, server.account, TEXT), Unclear)


@pytest.mark.parametrize(
    ("status", "code", "cls", "retry"),
    [
        (400, 11000, FailureClass.INVALID_RECIPIENT, Retry.NEVER),
        (400, 11009, FailureClass.CONTENT, Retry.NEVER),
        (400, 11013, FailureClass.SENDER, Retry.NEVER),
        (401, 10004, FailureClass.ACCOUNT, Retry.LATER),
        (401, 10099, FailureClass.ACCOUNT, Retry.LATER),
        (402, 10030, FailureClass.ACCOUNT, Retry.NEVER),
        (429, 10019, FailureClass.THROTTLED, Retry.BACK_OFF),
        (200, 510, FailureClass.OPTED_OUT, Retry.NEVER),
    ],
)
async def test_a_refused_text_is_not_sent_and_says_why(
    status: int, code: int, cls: FailureClass, retry: Retry, telesign: TelesignProvider, server: Server
) -> None:
    server.says(status, answer(code))
    result = await send_one(telesign, server.account, TEXT)
    assert isinstance(result, NotSent)
    assert (result.failure.cls, result.failure.code, result.failure.retry) == (cls, str(code), retry)


async def test_a_server_that_is_not_there_has_not_sent(telesign: TelesignProvider) -> None:
    nowhere = Account(AccountId(1), "telesign", HELD, "http://127.0.0.1:1")
    assert isinstance(await send_one(telesign, nowhere, TEXT), NotSent)


async def test_a_text_is_looked_up_by_its_reference(telesign: TelesignProvider, server: Server) -> None:
    server.says(200, answer(203))
    report = await telesign.look_up(server.account, REFERENCE)
    assert report is not None
    assert (report.provider_message_id, report.status) == (REFERENCE, Status.SENT)
    server.says(404, answer(10017, None))
    assert await telesign.look_up(server.account, REFERENCE) is None
    server.says(500, "trouble")
    with pytest.raises(ProviderError):
        await telesign.look_up(server.account, REFERENCE)


@pytest.mark.parametrize(
    ("status", "code", "ok", "words"),
    [(404, 11011, True, "accepts"), (401, 10008, False, "key"), (401, 10004, False, "time"), (401, 10015, False, "ID")],
)
async def test_credentials_are_tried_and_what_is_wrong_is_said(
    status: int, code: int, ok: bool, words: str, telesign: TelesignProvider, server: Server
) -> None:
    server.says(status, answer(code, None))
    check = (await telesign.check_credentials(server.account))[-1]
    assert check.ok is ok
    assert words in f"{check.name} {check.evidence} {check.fix}"
    assert ok or check.fix


async def test_connecting_a_number_tells_the_steps_and_what_to_enter(
    telesign: TelesignProvider, server: Server
) -> None:
    public = "https://texts.example.com"
    urls: CallbackUrls = telesign.callback_urls(public, server.account)
    number = AvailableNumber("+15017122661", "long_code", ("sms",), "US", "")
    checks = await telesign.connect_number(server.account, number, urls)
    assert all(check.ok is None and check.fix for check in checks)
    assert [entry.value for check in checks for entry in check.entries] == [urls.message]
    assert urls.message == urls.status == f"{public}/hooks/telesign/1"
