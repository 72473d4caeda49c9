"""Queues."""

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.queues import Queue, get_queue, list_queues
from answerback.usecases.queue_settings import (
    QueueChanges,
    QueueDraft,
    UserIds,
    change_queue,
    create_queue,
    remove_queue,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS


class QueuePage(msgspec.Struct, frozen=True):
    items: list[Queue]
    next_cursor: str | None


class Members(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole list of members."""

    user_ids: UserIds


class QueueController(Controller):
    path = "/api/v1/queues"
    tags = ("Queues",)

    # Open to everybody at a desk: an agent may hand a conversation on to any queue.
    @get("/", operation_id="listQueues", summary="List queues", access=Permission.USE_DESK)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> QueuePage:
        """In the order they were added, with their members."""
        rows = await list_queues(services.pool, after_id(cursor), limit + 1)
        return QueuePage(*cut(rows, limit, lambda queue: (queue.id,)))

    @post("/", operation_id="createQueue", summary="Add a queue", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[QueueDraft]) -> Queue:
        """Adds a queue with its members."""
        return granted(await create_queue(services.pool, data, caller.user_id))

    @get("/{queue_id:int}", operation_id="getQueue", summary="One queue", access=VIEW)
    async def read(self, services: Given, queue_id: Id) -> Queue:
        """One queue with its members."""
        queue = await get_queue(services.pool, queue_id)
        if queue is None:
            raise not_found(f"queue {queue_id}")
        return queue

    @patch("/{queue_id:int}", operation_id="changeQueue", summary="Change a queue", access=MANAGE)
    async def change(self, services: Given, caller: Caller, queue_id: Id, data: JSONBody[QueueChanges]) -> Queue:
        """Acts at once: waiting conversations are looked at again."""
        return granted(await change_queue(services.pool, queue_id, data, caller.user_id))

    @put("/{queue_id:int}/members", operation_id="setQueueMembers", summary="Set its members", access=MANAGE)
    async def set_members(self, services: Given, caller: Caller, queue_id: Id, data: JSONBody[Members]) -> Queue:
        """Exactly these users answer this queue from now on."""
        changes = QueueChanges(members=data.user_ids)
        return granted(await change_queue(services.pool, queue_id, changes, caller.user_id))

    @delete("/{queue_id:int}", operation_id="removeQueue", summary="Remove a queue", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, queue_id: Id) -> None:
        """Only one that no workstream names and no conversation was ever in."""
        granted(await remove_queue(services.pool, queue_id, caller.user_id))
