"""Administrators read what a provider said, word for word; nobody else does, and each reading is noted."""

import httpx

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account
from answerback.providers.raw import RawExchange
from answerback.storage.connection import Pool
from answerback.storage.raw_exchanges import add_exchanges
from answerback.usecases.keep_raw import RawKeeper
from answerback.web.api.services import Services
from tests.api.people import MakePerson
from tests.api.test_settings import make_number
from tests.api.test_trouble import failed_text

RAW = RawExchange("POST", "https://api.twilio.com/Messages.json", b"Body=Hi", 400, b'{"code": 21211}')


async def keep_one(services: Services, admin: httpx.AsyncClient) -> int:
    number = await make_number(admin)
    message = await failed_text(services.pool, number, "Hi")
    account = Account(AccountId(number["provider_account_id"]), "twilio", {}, "")
    sealed = RawKeeper(services.sealer, services.providers).seal_send(account, message, RAW)
    async with services.pool.acquire() as connection:
        await add_exchanges(connection, [sealed])
    return message


async def test_an_administrator_reads_the_exchange_and_that_is_noted(
    services: Services, admin: httpx.AsyncClient, pool: Pool
) -> None:
    message = await keep_one(services, admin)

    answer = await admin.get(f"/api/v1/messages/{message}/raw-exchanges")

    [item] = answer.json()["items"]
    assert {name: item[name] for name in ("kind", "method", "request", "status", "answer")} == {
        "kind": "send",
        "method": "POST",
        "request": "Body=Hi",
        "status": 400,
        "answer": '{"code": 21211}',
    }
    noted = await pool.fetchrow("select actor_id, data from event where kind = 'RawExchangesRead'")
    assert noted["actor_id"] is not None
    assert noted["data"] == {"count": 1}


async def test_others_do_not(services: Services, admin: httpx.AsyncClient, person: MakePerson) -> None:
    message = await keep_one(services, admin)
    for role in ("agent", "supervisor"):
        other = await person(role)
        assert (await other.client.get(f"/api/v1/messages/{message}/raw-exchanges")).status_code == 403
    assert (await admin.get("/api/v1/messages/999999/raw-exchanges")).status_code == 404


async def test_an_exchange_whose_key_is_gone_says_so(services: Services, admin: httpx.AsyncClient, pool: Pool) -> None:
    message = await keep_one(services, admin)
    await pool.execute("update raw_exchange set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)")
    [item] = (await admin.get(f"/api/v1/messages/{message}/raw-exchanges")).json()["items"]
    assert "sealed" in item["request"]


async def test_the_days_of_keeping_are_the_accounts(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}"
    assert (await admin.get(path)).json()["keep_raw_days"] == 30
    assert (await admin.patch(path, json={"keep_raw_days": 7})).json()["keep_raw_days"] == 7
    assert (await admin.patch(path, json={"keep_raw_days": 366})).status_code == 422
