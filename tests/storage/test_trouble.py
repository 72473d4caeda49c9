"""What a failed statement means for whoever waits on it."""

import asyncpg
import pytest

from answerback.storage.trouble import DATABASE_TROUBLE, Trouble, tell_trouble

AWAY = [
    ConnectionRefusedError(111, "refused"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InternalClientError("cannot switch to state 12"),  # the server went while a statement was being prepared
    asyncpg.CannotConnectNowError("the database system is starting up"),
    asyncpg.ReadOnlySQLTransactionError("a standby"),
]


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error).__name__)
def test_a_server_that_is_gone_is_waited_for(error: Exception) -> None:
    assert tell_trouble(error) is Trouble.AWAY
    assert isinstance(error, DATABASE_TROUBLE)


def test_two_transactions_that_met_are_tried_again() -> None:
    assert tell_trouble(asyncpg.DeadlockDetectedError("deadlock")) is Trouble.PASSING


def test_a_row_that_cannot_be_stored_is_told_from_an_outage() -> None:
    assert tell_trouble(asyncpg.CharacterNotInRepertoireError("a zero byte")) is Trouble.DATA
    assert tell_trouble(ValueError("not even SQL")) is Trouble.DATA
