"""What a flow is made of, as JSON: where it begins, and its steps by name. Each step names what comes after it.

A `next` that is left out ends the flow well. Expressions are CEL (https://cel.dev) over `contact`, `trigger`, `reply`
and what calls have saved.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.flows.triggers import Expression, TimeOfDay, Trigger

StepName = Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9_-]{0,39}$", examples=["remind"])]
Next = StepName | None
Seconds = Annotated[int, Meta(ge=1, le=366 * 86_400)]
Id = Annotated[int, Meta(ge=1, le=2**53)]
Chosen = Annotated[int, Meta(ge=0, le=2**53)]
"""An id; 0 in a draft whose choice is still open, which stops its publishing."""
Position = tuple[float, float]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """What all steps have. `at` is where the builder draws it; `title` is for people."""

    title: Annotated[str, Meta(max_length=100)] = ""
    at: Position = (0.0, 0.0)


class Send(Step, frozen=True, kw_only=True, tag="send"):
    """A text from a template, through the send gate; a deferred one is waited for. `values` are expressions by slot."""

    template_id: Chosen
    values: Annotated[dict[str, Expression], Meta(max_length=30)] = {}
    number_id: Id | None = None
    next: Next = None
    refused: Next = None


class Wait(Step, frozen=True, kw_only=True, tag="wait"):
    """For some time, or until a moment an expression gives (RFC 3339 or a date), then on to a time of the customer's
    day."""

    seconds: Seconds | None = None
    until: Expression | None = None
    time_of_day: TimeOfDay | None = None
    next: Next = None


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply that leads its own way: the whole of it is one of `words`, or `when` is true."""

    words: Annotated[list[Annotated[str, Meta(min_length=1, max_length=160)]], Meta(max_length=50)] = []
    when: Expression | None = None
    next: Next = None


class AwaitReply(Step, frozen=True, kw_only=True, tag="await_reply"):
    """The customer's next text, for so long. Answers are tried in order; `next` takes any other, `silent` is none."""

    seconds: Seconds
    answers: Annotated[list[Answer], Meta(max_length=20)] = []
    next: Next = None
    silent: Next = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    when: Expression
    next: Next = None


class Branch(Step, frozen=True, kw_only=True, tag="branch"):
    """The first case that is true, else `otherwise`."""

    cases: Annotated[list[Case], Meta(min_length=1, max_length=20)]
    otherwise: Next = None


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weight: Annotated[int, Meta(ge=1, le=1000)]
    next: Next = None


class Split(Step, frozen=True, kw_only=True, tag="split"):
    """By lot, by weight; a run that comes here twice goes the same way."""

    ways: Annotated[list[Way], Meta(min_length=2, max_length=10)]


class SetFields(Step, frozen=True, kw_only=True, tag="set"):
    """Attributes of the contact, each an expression; tags to give and to take."""

    attributes: Annotated[
        dict[Annotated[str, Meta(min_length=1, max_length=100)], Expression], Meta(max_length=30)
    ] = {}
    add_tags: Annotated[list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(max_length=20)] = []
    remove_tags: Annotated[list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(max_length=20)] = []
    next: Next = None


class StartFlow(Step, frozen=True, kw_only=True, tag="start_flow"):
    """Another flow begins for the same customer; this one goes on."""

    flow_id: Chosen
    next: Next = None


class Call(Step, frozen=True, kw_only=True, tag="call"):
    """Asks another system: signed, tried again while it is away, into public networks only. `body` values are
    expressions; a JSON answer is kept under `save_as`."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    url: Annotated[str, Meta(min_length=1, max_length=2000)]
    body: Annotated[dict[str, Expression], Meta(max_length=50)] = {}
    save_as: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")] = "answer"
    next: Next = None
    failed: Next = None


class HandOver(Step, frozen=True, kw_only=True, tag="hand_over"):
    """The conversation goes to a queue, with a note for whoever takes it."""

    queue_id: Chosen
    note: Annotated[str, Meta(max_length=1000)] = ""
    next: Next = None


class End(Step, frozen=True, kw_only=True, tag="end"):
    """The flow is over for this customer; `outcome` is counted in its results."""

    outcome: Annotated[str, Meta(max_length=60)] = "done"


AnyStep = Send | Wait | AwaitReply | Branch | Split | SetFields | StartFlow | Call | HandOver | End


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole flow. `again` says whether a customer may go through it more than once: never, when the run before has
    ended, or always."""

    trigger: Trigger
    first: StepName
    steps: Annotated[dict[StepName, AnyStep], Meta(min_length=1, max_length=200)]
    again: Literal["never", "after_end", "always"] = "after_end"


def exits_of(step: AnyStep) -> dict[str, Next]:
    """Where a step may lead, by the name of the way out."""
    match step:
        case Send():
            return {"next": step.next, "refused": step.refused}
        case AwaitReply():
            answers = {f"answers[{place}]": one.next for place, one in enumerate(step.answers)}
            return {**answers, "next": step.next, "silent": step.silent}
        case Branch():
            return {
                **{f"cases[{place}]": one.next for place, one in enumerate(step.cases)},
                "otherwise": step.otherwise,
            }
        case Split():
            return {f"ways[{place}]": way.next for place, way in enumerate(step.ways)}
        case Call():
            return {"next": step.next, "failed": step.failed}
        case End():
            return {}
        case Wait() | SetFields() | StartFlow() | HandOver():
            return {"next": step.next}
