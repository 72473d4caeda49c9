"""What people read of a failure says what happened and what to do next."""

import pytest

from answerback.domain.sending.failure import Failure
from answerback.providers.acs import failure_table as acs
from answerback.providers.telesign import failure_table as telesign
from answerback.providers.twilio import failure_table as twilio

TABLES: dict[str, dict[int, Failure]] = {
    "twilio": twilio.FAILURES,
    "telesign": telesign.FAILURES,
    "acs": {code: row.failure(str(code)) for code, row in acs.TABLE.items()},
}


@pytest.mark.parametrize("provider", TABLES)
def test_every_failure_says_what_happened_and_what_to_do(provider: str) -> None:
    lacking = {
        code: failure.sentence
        for code, failure in TABLES[provider].items()
        if not failure.sentence.endswith(".")
        or (failure.sentence.count(". ") < 1 and "by itself" not in failure.sentence)
    }
    assert not lacking
