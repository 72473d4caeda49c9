"""Who gets to see an event. Pure: decided from the event, its conversation and who belongs where."""

from dataclasses import dataclass
from typing import Final

from answerback.storage.events import Event
from answerback.storage.views.shapes import ConversationView

CONVERSATION_FREE: Final = frozenset({"PresenceChanged", "AgentConnected", "AgentDisconnected", "AgentLost"})
ABOUT_CONTACTS: Final = frozenset(
    {"ContactChanged", "ContactErased", "ConsentRecorded", "PhoneBlocked", "PhoneUnblocked"}
)
ABOUT_SENDING: Final = frozenset({"BreakerOpened", "BreakerClosed", "ProviderCheckFailed", "ProviderCheckMended"})
ABOUT_CAMPAIGNS: Final = frozenset(
    {
        "CampaignCreated", "CampaignChanged", "CampaignRemoved", "CampaignStarted", "CampaignScheduled",
        "CampaignRunning", "CampaignMoved", "CampaignPaused", "CampaignStopped", "CampaignDone", "CampaignPreviewed",
    }
)  # fmt: skip
ABOUT_USERS: Final = frozenset({"UserCreated", "UserChanged"})
ENDS_ACCESS: Final = frozenset({"SignedOut", "TokenRevoked", "UserChanged", "UserRemoved"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever looks at one screen."""

    user_id: int
    role: str
    queue_ids: frozenset[int]

    @property
    def sees_all(self) -> bool:
        return self.role != "agent"


@dataclass(frozen=True, slots=True)
class Audience:
    """`seers`: supervisors and administrators. Agents by the queues they belong to; anybody by id."""

    seers: bool = False
    administrators: bool = False
    queue_ids: frozenset[int] = frozenset()
    user_ids: frozenset[int] = frozenset()

    def reaches(self, viewer: Viewer) -> bool:
        return (
            (self.seers and viewer.sees_all)
            or (self.administrators and viewer.role == "administrator")
            or viewer.user_id in self.user_ids
            or not self.queue_ids.isdisjoint(viewer.queue_ids)
        )


NOBODY: Final = Audience()


def audience_of(event: Event, conversation: ConversationView | None, last_holder: int | None = None) -> Audience:
    """Events of a conversation: its queue, its holder, whoever acted or lost it. Settings: administrators."""
    if conversation is not None:
        queues = {conversation.queue_id, event.data.get("from_queue_id")}
        users = {conversation.agent_id, event.actor_id, event.user_id, event.data.get("from_agent_id"), last_holder}
        return Audience(seers=True, queue_ids=_ids(queues), user_ids=_ids(users))
    if event.kind in CONVERSATION_FREE:
        return Audience(seers=True, user_ids=_ids({event.user_id}))
    if event.kind in ABOUT_CONTACTS | ABOUT_SENDING | ABOUT_CAMPAIGNS:
        return Audience(seers=True)
    return Audience(administrators=True)


def changes_agent(event: Event) -> bool:
    """Whether it may change how the agent it is about looks to colleagues: presence, load, name."""
    if event.user_id is None:
        return False
    return event.conversation_id is not None or event.kind in CONVERSATION_FREE or event.kind in ABOUT_USERS


def colleagues_of(user_id: int, queue_ids: frozenset[int]) -> Audience:
    """Who sees how an agent is: themselves, the members of their queues, and those who see all."""
    return Audience(seers=True, queue_ids=queue_ids, user_ids=frozenset({user_id}))


def whose_desk_changes(event: Event) -> Audience:
    """Whose snapshot is no longer right after a change of settings, so that they have to load it again."""
    match event.kind:
        case "QueueMembersChanged":
            users = {*event.data.get("joined", ()), *event.data.get("left", ())}
            return Audience(queue_ids=_ids({event.data.get("id")}), user_ids=_ids(users))
        case "QueueCreated" | "QueueRemoved":
            return Audience(seers=True, user_ids=_ids(set(event.data.get("members", ()))))
        case "UserChanged" if not {"role", "active", "granted"}.isdisjoint(event.data.get("changes", {})):
            return Audience(user_ids=_ids({event.user_id}))
        case _:
            return NOBODY


def whose_access_ends(event: Event) -> Audience:
    """Who has to prove again who they are."""
    if event.kind not in ENDS_ACCESS:
        return NOBODY
    return Audience(user_ids=_ids({event.user_id or event.actor_id}))


def _ids(values: set[int | None]) -> frozenset[int]:
    return frozenset(value for value in values if value is not None)
