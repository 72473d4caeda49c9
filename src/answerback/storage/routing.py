"""stub"""

from answerback.storage.connection import Database


async def queue_exists(database: Database, queue_id: int) -> bool:
    return bool(await database.fetchval("select true from queue where id = $1", queue_id))


async def agent_exists(database: Database, user_id: int) -> bool:
    """Whether this person works here."""
    return bool(await database.fetchval("select true from app_user where id = $1 and active", user_id))
