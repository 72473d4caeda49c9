"""A node that begins timed flows on a database, until it is killed. Usage: timed_program.py DATABASE_URL"""

import asyncio
import sys

from answerback.storage.pool import create_pool
from answerback.workers.timed_flows import TimedFlows


async def main() -> None:
    async with await create_pool(sys.argv[1], largest=2, name="node to kill") as pool:
        await TimedFlows(pool).run()


if __name__ == "__main__":
    asyncio.run(main())
