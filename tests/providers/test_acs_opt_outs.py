"""Azure's opt-out list: asked a hundred at a time, as its specification says, and what its answers mean."""

import json

import aiohttp
import pytest

from answerback.domain.ids import AccountId
from answerback.domain.sending.failure import FailureClass
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.contract import Account, ProviderError
from answerback.providers.opt_outs import OptOutList
from tests.providers.acs_fixtures import FROM, KEY
from tests.providers.canned import Canned, document

PHONES = [f"+1425555{place:04}" for place in range(150)]


async def ask(canned: Canned) -> frozenset[str]:
    async with aiohttp.ClientSession() as session:
        acs = AcsProvider(session)
        assert isinstance(acs, OptOutList)
        held = Account(AccountId(1), "acs", {"access_key": KEY}, canned.base_url)
        return await acs.opted_out(held, FROM, PHONES)


async def test_a_hundred_are_asked_for_at_a_time(canned: Canned) -> None:
    first = {"value": [{"to": PHONES[0], "httpStatusCode": 200, "isOptedOut": True}]}
    second = {
        "value": [
            {"to": PHONES[120], "httpStatusCode": 200, "isOptedOut": False},
            {"to": PHONES[121], "httpStatusCode": 400, "errorMessage": "Invalid To phone number format."},
            {"to": PHONES[122], "httpStatusCode": 200, "isOptedOut": True},
        ]
    }
    canned.says(document(first), document(second))
    assert await ask(canned) == {PHONES[0], PHONES[122]}
    assert {(asked["method"], asked["path"]) for asked in canned.asked} == {("POST", "/sms/optouts:check")}
    assert canned.asked[0]["query"] == [["api-version", "2026-01-23"]]
    questions = [json.loads(body) for body in canned.bodies]
    assert [len(question["recipients"]) for question in questions] == [100, 50]
    assert questions[0] | {"recipients": []} == {"from": FROM, "recipients": []}
    assert questions[0]["recipients"][0] == {"to": PHONES[0]}


@pytest.mark.parametrize("status", [403, 404])
async def test_a_list_that_is_closed_says_how_to_be_let_in(canned: Canned, status: int) -> None:
    canned.says(document({"error": {"code": "Forbidden", "message": "not allowed"}}, status))
    with pytest.raises(ProviderError) as refused:
        await ask(canned)
    assert refused.value.failure.cls is FailureClass.ACCOUNT
    assert "let it in" in refused.value.failure.sentence


@pytest.mark.parametrize("answer", [[], {"value": "x"}, {}])
async def test_an_answer_that_is_none_is_trouble_at_the_provider(canned: Canned, answer: object) -> None:
    canned.says(document(answer))
    with pytest.raises(ProviderError):
        await ask(canned)
