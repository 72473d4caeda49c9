"""Follows the log and sends what is owed, in the test's own process, until nothing is left to do."""

import asyncio

from answerback.storage.connection import Pool
from answerback.storage.wakeups import Wakeups
from answerback.usecases.owe_automated import FOLLOWED, FOLLOWER, owe_automated
from answerback.usecases.send_owed import send_owed
from answerback.workers.follower import Follower

BEHIND = """
    select exists (select from event e, event_follower f
                   where f.name = $1 and (e.xid, e.id) > (f.xid, f.id) and e.kind = any ($2::text[]))
"""


def follower(pool: Pool, database_url: str) -> Follower:
    return Follower(pool, Wakeups(database_url), FOLLOWER, kinds=FOLLOWED, handle=owe_automated)


async def work(pool: Pool, database_url: str) -> None:
    """A transaction elsewhere on the server may hold events back for a moment."""
    following = follower(pool, database_url)
    async with asyncio.timeout(30):
        while await following.step() or await pool.fetchval(BEHIND, FOLLOWER, sorted(FOLLOWED)):
            await asyncio.sleep(0.01)
    while await send_owed(pool):
        pass
