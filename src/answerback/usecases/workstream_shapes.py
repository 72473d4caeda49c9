"""What a workstream may look like when it is added or changed; the limits are those of the table."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.storage.workstreams import MediaPolicy, Survey

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Support texts"])]
Mode = Literal["push", "pick"]
QueueId = Annotated[int, Meta(ge=1, le=2**53, description="The fallback queue.")]
OfferSeconds = Annotated[int, Meta(ge=5, le=3600, description="How long an agent has to accept an offer.")]
DeclineLimit = Annotated[int, Meta(ge=1, le=5, description="After so many declines an agent is not offered it again.")]
Units = Annotated[int, Meta(ge=1, le=100, description="Capacity one conversation takes.")]
GraceSeconds = Annotated[int, Meta(ge=0, le=86_400, description="How long the queue waits for the affinity agent.")]
WrapUpCapacity = Literal["always", "for_seconds", "never"]
WrapUpSeconds = Annotated[int, Meta(ge=0, le=3600, description="How long wrap-up takes capacity.")]
ReopenSeconds = Annotated[
    int, Meta(ge=0, le=31_536_000, description="How long a closed conversation reopens; 0 never.")
]
AgentLostRule = Literal["stay", "return_to_queue"]
FailOver = Annotated[
    bool,
    Meta(
        description="While its own number cannot send, a reply may leave from another number of the workstream "
        "that the customer has exchanged texts with."
    ),
]
CloseSeconds = Annotated[int, Meta(ge=60, le=31_536_000, description="Closes by itself after so long in this state.")]


class WorkstreamDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A workstream to add; what is left out has the usual value."""

    name: Name
    queue_id: QueueId
    mode: Mode = "push"
    offer_seconds: OfferSeconds = 120
    auto_accept: bool = False
    decline_limit: DeclineLimit = 3
    units: Units = 1
    affinity: bool = True
    affinity_grace_seconds: GraceSeconds = 120
    wrap_up_capacity: WrapUpCapacity = "for_seconds"
    wrap_up_seconds: WrapUpSeconds = 60
    reopen_seconds: ReopenSeconds = 86_400
    agent_lost_rule: AgentLostRule = "return_to_queue"
    auto_close_open_seconds: CloseSeconds = 2_592_000
    auto_close_active_seconds: CloseSeconds = 2_592_000
    auto_close_waiting_seconds: CloseSeconds = 259_200
    auto_close_wrap_up_seconds: CloseSeconds = 86_400
    survey: Survey = msgspec.field(default_factory=Survey)
    media: MediaPolicy = msgspec.field(default_factory=MediaPolicy)
    fail_over: FailOver = False


class WorkstreamChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; what is left out stays."""

    name: Name | UnsetType = UNSET
    queue_id: QueueId | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    offer_seconds: OfferSeconds | UnsetType = UNSET
    auto_accept: bool | UnsetType = UNSET
    decline_limit: DeclineLimit | UnsetType = UNSET
    units: Units | UnsetType = UNSET
    affinity: bool | UnsetType = UNSET
    affinity_grace_seconds: GraceSeconds | UnsetType = UNSET
    wrap_up_capacity: WrapUpCapacity | UnsetType = UNSET
    wrap_up_seconds: WrapUpSeconds | UnsetType = UNSET
    reopen_seconds: ReopenSeconds | UnsetType = UNSET
    agent_lost_rule: AgentLostRule | UnsetType = UNSET
    auto_close_open_seconds: CloseSeconds | UnsetType = UNSET
    auto_close_active_seconds: CloseSeconds | UnsetType = UNSET
    auto_close_waiting_seconds: CloseSeconds | UnsetType = UNSET
    auto_close_wrap_up_seconds: CloseSeconds | UnsetType = UNSET
    survey: Survey | UnsetType = UNSET
    media: MediaPolicy | UnsetType = UNSET
    fail_over: FailOver | UnsetType = UNSET
