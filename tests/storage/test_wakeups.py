"""Wake-ups reach the waiters of their topic, and everybody after a lost connection."""

import asyncpg

from answerback.storage.wakeups import Wakeups, notify


async def test_a_notification_wakes_only_the_waiters_of_its_topics(
    database_url: str, pool: "asyncpg.Pool[asyncpg.Record]"
) -> None:
    wakeups = Wakeups(database_url)
    async with wakeups.running():
        await wakeups.wait_until_listening()
        with wakeups.subscribe("route", "media") as routing, wakeups.subscribe("outbox") as sending:
            await notify(pool, "route", "event")
            assert await routing.wait(5)
            assert not await sending.wait(0.05)


async def test_many_notifications_are_one_wakeup(database_url: str, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    wakeups = Wakeups(database_url)
    async with wakeups.running():
        await wakeups.wait_until_listening()
        with wakeups.subscribe("event") as first, wakeups.subscribe("config") as last:
            for _ in range(20):
                await notify(pool, "event")
            await notify(pool, "config")
            assert await last.wait(5)  # notifications arrive in order
            assert await first.wait(5)
            assert not await first.wait(0.05)


async def test_a_rolled_back_transaction_wakes_nobody(database_url: str, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    wakeups = Wakeups(database_url)
    async with wakeups.running(), pool.acquire() as connection:
        await wakeups.wait_until_listening()
        with wakeups.subscribe("event") as waiter, wakeups.subscribe("config") as later:
            transaction = connection.transaction()
            await transaction.start()
            await notify(connection, "event")
            await transaction.rollback()
            await notify(connection, "config")
            assert await later.wait(5)
            assert not await waiter.wait(0)


async def test_everybody_is_woken_after_a_lost_connection(
    database_url: str, pool: "asyncpg.Pool[asyncpg.Record]"
) -> None:
    wakeups = Wakeups(database_url)
    async with wakeups.running():
        await wakeups.wait_until_listening()
        with wakeups.subscribe("route") as routing, wakeups.subscribe("media") as fetching:
            await pool.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where application_name = 'wakeups' and datname = current_database()"
            )
            assert await routing.wait(5)
            assert await fetching.wait(5)
            await notify(pool, "route")
            assert await routing.wait(5)
