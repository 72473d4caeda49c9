"""Queues that share agents, directly or through others, form a group: they are decided together."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from answerback.storage.connection import Database

QUEUES = """
    select q.id, exists (select from conversation c where c.queue_id = q.id and c.state = 'open') as busy,
           array(select m.user_id from queue_member m where m.queue_id = q.id order by m.user_id) as members
    from queue q order by q.id
"""


@dataclass(frozen=True, slots=True)
class Group:
    """`key` is the smallest queue id; `members` are (queue, user) pairs."""

    key: int
    queue_ids: tuple[int, ...]
    members: tuple[tuple[int, int], ...]


async def busy_groups(database: Database) -> list[Group]:
    """The groups in which somebody waits. A queue without members stands alone."""
    rows = await database.fetch(QUEUES)
    busy = {row["id"] for row in rows if row["busy"]}
    if not busy:
        return []
    groups = group_queues(tuple((row["id"], user_id) for row in rows for user_id in row["members"]))
    alone = busy.difference(*(group.queue_ids for group in groups))
    return [
        *(group for group in groups if not busy.isdisjoint(group.queue_ids)),
        *(Group(queue_id, (queue_id,), ()) for queue_id in sorted(alone)),
    ]


@lru_cache(maxsize=4)
def group_queues(members: tuple[tuple[int, int], ...]) -> tuple[Group, ...]:
    """Union-find over (queue, user) pairs. Remembered: members change rarely, somebody waits all the time."""
    parent = {queue_id: queue_id for queue_id, _ in members}

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
    return tuple(Group(key, tuple(found), tuple(pairs[key])) for key, found in queues.items())
