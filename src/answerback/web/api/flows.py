"""Flows, their runs, and trying one before it acts."""

from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.domain.flows.definition import Definition
from answerback.storage.flow_runs import DiaryLine, FlowRun, count_outcomes, list_runs, read_diary
from answerback.storage.flows import Flow, get_flow, list_flows, read_versions
from answerback.usecases.begin_flow import Begun, RunWish, begin_for
from answerback.usecases.flow_settings import (
    FlowChanges,
    FlowDesk,
    FlowDraft,
    NewFlow,
    change_flow,
    create_flow,
    publish_flow,
    remove_flow,
    stop_run,
)
from answerback.usecases.simulate_flow import FlowTrial, FlowTrialResult, simulate_flow
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, before_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

MANAGE, SEND = Permission.MANAGE_OUTREACH, Permission.SEND_OUTREACH


class FlowPage(msgspec.Struct, frozen=True):
    items: list[Flow]
    next_cursor: str | None


class RunPage(msgspec.Struct, frozen=True):
    items: list[FlowRun]
    next_cursor: str | None


class Diary(msgspec.Struct, frozen=True):
    items: list[DiaryLine]


class Results(msgspec.Struct, frozen=True):
    """How many runs ended how; `under_way` is one of the outcomes."""

    outcomes: dict[str, int]


class Wishes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom to begin it."""

    items: Annotated[list[RunWish], Meta(min_length=1, max_length=1000)]


class BegunRuns(msgspec.Struct, frozen=True):
    items: list[Begun]


class FlowController(Controller):
    path = "/api/v1/flows"
    tags = ("Flows",)

    @get("/", operation_id="listFlows", summary="List flows", access=SEND)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> FlowPage:
        """In the order they were added, each with its draft, what is published and how many runs are under way."""
        rows = await list_flows(services.pool, after_id(cursor), limit + 1)
        return FlowPage(*cut(rows, limit, lambda flow: (flow.id,)))

    @post("/", operation_id="createFlow", summary="Add a flow", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[FlowDraft]) -> NewFlow:
        """As a draft. The secret signs its calls to other systems and is shown this once."""
        return granted(await create_flow(FlowDesk(services.pool, services.sealer), data, caller.user_id))

    @post("/simulations", operation_id="simulateFlow", summary="Try a flow", access=MANAGE, status_code=200)
    async def simulate(self, services: Given, caller: Caller, data: JSONBody[FlowTrial]) -> FlowTrialResult:
        """On the real engine, with real templates and the real send gate, by a clock that jumps. Nothing is sent,
        changed or called."""
        return granted(await simulate_flow(services.pool, data, caller.user_id))

    @get("/{flow_id:int}", operation_id="getFlow", summary="One flow", access=MANAGE)
    async def read(self, services: Given, flow_id: Id) -> Flow:
        """Its draft and what is published."""
        flow = await get_flow(services.pool, flow_id)
        if flow is None:
            raise not_found(f"flow {flow_id}")
        return flow

    @get("/{flow_id:int}/versions/{version:int}", operation_id="getFlowVersion", summary="A version", access=MANAGE)
    async def read_version(self, services: Given, flow_id: Id, version: Id) -> Definition:
        """As it was published: what runs of that version follow. It never changes."""
        found = (await read_versions(services.pool, [(flow_id, version)])).get((flow_id, version))
        if found is None:
            raise not_found(f"version {version} of flow {flow_id}")
        return found

    @patch("/{flow_id:int}", operation_id="changeFlow", summary="Change a flow", access=MANAGE)
    async def change(self, services: Given, caller: Caller, flow_id: Id, data: JSONBody[FlowChanges]) -> Flow:
        """Its draft, its name, whether it begins runs. Runs under way go on as they began."""
        return granted(await change_flow(services.pool, flow_id, data, caller.user_id))

    @post(
        "/{flow_id:int}/publish",
        operation_id="publishFlow",
        summary="Publish its draft",
        access=MANAGE,
        status_code=200,
    )
    async def publish(self, services: Given, caller: Caller, flow_id: Id) -> Flow:
        """New runs follow it from now on. What is wrong with the draft is named step by step and stops this."""
        return granted(await publish_flow(services.pool, flow_id, caller.user_id))

    @post(
        "/{flow_id:int}/runs",
        operation_id="beginFlow",
        summary="Begin it for customers",
        access=SEND,
        idempotent=True,
    )
    async def begin(self, services: Given, flow_id: Id, data: JSONBody[Wishes]) -> BegunRuns:
        """A result for each: the run, or why none began. The same `key` begins one run, however often it is asked."""
        return BegunRuns(granted(await begin_for(services.pool, flow_id, data.items)))

    @get("/{flow_id:int}/runs", operation_id="listFlowRuns", summary="Its runs", access=MANAGE)
    async def runs(self, services: Given, flow_id: Id, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> RunPage:
        """The newest first: where each stands, or how it ended."""
        rows = await list_runs(services.pool, flow_id, before_id(cursor), limit + 1)
        return RunPage(*cut(rows, limit, lambda run: (run.id,)))

    @get("/{flow_id:int}/results", operation_id="getFlowResults", summary="How its runs ended", access=MANAGE)
    async def results(self, services: Given, flow_id: Id) -> Results:
        """Counted by outcome."""
        return Results(await count_outcomes(services.pool, flow_id))

    @get("/{flow_id:int}/runs/{run_id:int}", operation_id="getFlowRunDiary", summary="What a run did", access=MANAGE)
    async def diary(self, services: Given, flow_id: Id, run_id: Id) -> Diary:
        """Line by line, with the texts it sent."""
        return Diary(await read_diary(services.pool, flow_id, run_id))

    @post(
        "/{flow_id:int}/runs/{run_id:int}/stop",
        operation_id="stopFlowRun",
        summary="Stop a run",
        access=MANAGE,
        status_code=204,
    )
    async def stop(self, services: Given, caller: Caller, flow_id: Id, run_id: Id) -> None:
        """It takes no further step."""
        granted(await stop_run(services.pool, flow_id, run_id, caller.user_id))

    @delete("/{flow_id:int}", operation_id="removeFlow", summary="Remove a flow", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, flow_id: Id) -> None:
        """Only one that was never run; archive others."""
        granted(await remove_flow(services.pool, flow_id, caller.user_id))
