"""Who looks at conversations: what the views must know of the caller, and finding a conversation for them."""

from answerback.storage.connection import Database
from answerback.storage.views import ConversationView, Reader, visible_conversation
from answerback.storage.views.shapes import Role
from answerback.web.auth.identity import Identity
from answerback.web.problems import not_found

ROLES: dict[str, Role] = {"agent": "agent", "supervisor": "supervisor", "administrator": "administrator"}


def reader_of(caller: Identity) -> Reader:
    return Reader(caller.user_id, ROLES[caller.role], tuple(sorted(caller.permissions)))


async def find_conversation(connection: Database, caller: Identity, conversation_id: int) -> ConversationView:
    """404 also for one that is there but not for this caller."""
    found = await visible_conversation(connection, reader_of(caller), conversation_id)
    if found is None:
        raise not_found(f"conversation {conversation_id}")
    return found
