"""Queues that share agents, directly or through others, form a group: they are decided together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answerback.storage.connection import Database

BUSY = """
    select q.id from queue q
    where exists (select from conversation c where c.queue_id = q.id and c.state = 'open')
"""


@dataclass(frozen=True, slots=True)
class Group:
    """`key` is the smallest queue id; `members` are (queue, user) pairs."""

    key: int
    queue_ids: tuple[int, ...]
    members: tuple[tuple[int, int], ...]


async def busy_groups(database: Database) -> list[Group]:
    """The groups in which somebody waits. A queue without members stands alone."""
    busy = {row["id"] for row in await database.fetch(BUSY)}
    if not busy:
        return []
    members = [(row["queue_id"], row["user_id"]) for row in await database.fetch("select * from queue_member")]
    return [group for group in group_queues(busy, members) if not busy.isdisjoint(group.queue_ids)]


def group_queues(queue_ids: Iterable[int], members: Sequence[tuple[int, int]]) -> list[Group]:
    """Union-find over (queue, user) pairs."""
    parent = {queue_id: queue_id for queue_id in [*queue_ids, *(queue_id for queue_id, _ in members)]}

    def root(queue_id: int) -> int:
        while parent[queue_id] != queue_id:
            parent[queue_id] = parent[parent[queue_id]]
            queue_id = parent[queue_id]
        return queue_id

    home: dict[int, int] = {}
    for queue_id, user_id in members:
        one, other = root(queue_id), root(home.setdefault(user_id, queue_id))
        parent[max(one, other)] = min(one, other)
    queues: defaultdict[int, list[int]] = defaultdict(list)
    for queue_id in sorted(parent):
        queues[root(queue_id)].append(queue_id)
    pairs: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in members:
        pairs[root(pair[0])].append(pair)
    return [Group(key, tuple(found), tuple(pairs[key])) for key, found in queues.items()]
