"""What a failed write means: try again, drop out the bad row, or wait until the database is back."""

from enum import StrEnum
from typing import Final

import asyncpg

CLIENT_TROUBLE: Final = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What the driver raises when the server goes; the last where it goes while a statement is being prepared."""
DATABASE_TROUBLE: Final = (*CLIENT_TROUBLE, asyncpg.PostgresError)
"""What those catch who then wait and look again, whatever it was."""


class Trouble(StrEnum):
    """`passing`: two transactions met, try again. `data`: this row cannot be stored. `away`: nothing can, for now."""

    PASSING = "passing"
    DATA = "data"
    AWAY = "away"


AWAY_CLASSES: Final = frozenset({"08", "25", "28", "3D", "42", "53", "57", "58"})
"""Connection, read-only standby, sign-in, no such database, no such table yet, no room, shutting down, system error."""


def tell_trouble(error: BaseException) -> Trouble:
    """By SQLSTATE class: https://www.postgresql.org/docs/current/errcodes-appendix.html"""
    match error:
        case asyncpg.PostgresError(sqlstate=str(state)) if state[:2] == "40":
            return Trouble.PASSING
        case asyncpg.PostgresError(sqlstate=str(state)) if state[:2] not in AWAY_CLASSES:
            return Trouble.DATA
        case asyncpg.PostgresError() | asyncpg.InterfaceError() | asyncpg.InternalClientError() | OSError():
            return Trouble.AWAY
        case _:
            return Trouble.DATA
