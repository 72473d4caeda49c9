"""The centre's own rules for sending: one row."""

import msgspec

from answerback.storage.connection import Connection, Database

COLUMNS = "courtesy_hours, own_cap_texts, own_cap_hours, confirm_days, spam_texts, spam_minutes"


class SendingRules(msgspec.Struct, frozen=True):
    """`courtesy_hours`: informational texts keep to 8:00-21:00 too. At most `own_cap_texts` texts unasked to one phone
    within `own_cap_hours` (null: no limit). A double opt-in waits `confirm_days`. A phone that sends `spam_texts` texts
    within `spam_minutes` is blocked (null: never)."""

    courtesy_hours: bool
    own_cap_texts: int | None
    own_cap_hours: int
    confirm_days: int
    spam_texts: int | None
    spam_minutes: int


async def read_sending_rules(database: Database) -> SendingRules:
    row = await database.fetchrow(f"select {COLUMNS} from sending_rules")
    assert row is not None  # the migration made it
    return SendingRules(**row)


async def write_sending_rules(connection: Connection, rules: SendingRules) -> None:
    await connection.execute(
        f"update sending_rules set ({COLUMNS}) = ($1, $2, $3, $4, $5, $6)", *msgspec.structs.astuple(rules)
    )
