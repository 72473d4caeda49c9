"""What people see of the rows: shapes shared by the desk, the live stream and REST, and the SQL that fills them."""

from answerback.storage.views.calls import calls_by_id
from answerback.storage.views.conversations import conversations_by_id
from answerback.storage.views.desk import desk, visible_agents
from answerback.storage.views.messages import messages_by_id
from answerback.storage.views.people import agents, offers_by_id
from answerback.storage.views.search import ConversationFilter, list_conversations, visible_conversation
from answerback.storage.views.shapes import (
    AgentView,
    CallView,
    ConversationView,
    DeskView,
    MediaView,
    MessageView,
    MeView,
    NumberRef,
    OfferView,
    QueueRef,
    Reader,
    StreamEvent,
    ThreadEvent,
    ThreadItem,
    ThreadPage,
)
from answerback.storage.views.thread import thread

__all__ = [
    "AgentView",
    "CallView",
    "ConversationFilter",
    "ConversationView",
    "DeskView",
    "MeView",
    "MediaView",
    "MessageView",
    "NumberRef",
    "OfferView",
    "QueueRef",
    "Reader",
    "StreamEvent",
    "ThreadEvent",
    "ThreadItem",
    "ThreadPage",
    "agents",
    "calls_by_id",
    "conversations_by_id",
    "desk",
    "list_conversations",
    "messages_by_id",
    "offers_by_id",
    "thread",
    "visible_agents",
    "visible_conversation",
]
