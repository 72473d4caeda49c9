"""Flows' own addresses: systems without a token begin runs there; who manages outreach reads and renews them."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import JSONBody, Parameter
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.usecases.begin_flow import Begun
from answerback.usecases.call_flow import TooManyCalls, call_flow, key_of_address, renew_flow_address
from answerback.usecases.flow_settings import FlowDesk
from answerback.usecases.refusals import FieldProblem
from answerback.web.api.paging import Id
from answerback.web.api.services import Caller, Given, Services
from answerback.web.auth.door import ANYONE
from answerback.web.problems import ProblemError, granted, make_problem, problem_error

MANAGE = Permission.MANAGE_OUTREACH
LARGEST = 64 * 1024
Key = Annotated[str, Parameter(max_length=100, description="The last part of the flow's address.")]
Facts = Annotated[dict[str, Any], Meta(max_length=100)]


class FlowAddress(msgspec.Struct, frozen=True):
    """Whoever has it may begin runs of the flow, and nothing else."""

    url: str


class FlowAddressController(Controller):
    path = "/api/v1/flows"
    tags = ("Flows",)

    @get("/{flow_id:int}/address", operation_id="getFlowAddress", summary="Its own address", access=MANAGE)
    async def read(self, services: Given, flow_id: Id) -> FlowAddress:
        """For a flow that begins by `webhook`: systems that have no token here call it."""
        return _show(services, flow_id, granted(await key_of_address(_desk(services), flow_id)))

    @post("/{flow_id:int}/address", operation_id="renewFlowAddress", summary="Make a new address", access=MANAGE)
    async def renew(self, services: Given, caller: Caller, flow_id: Id) -> FlowAddress:
        """The former one begins nothing from now on."""
        return _show(services, flow_id, granted(await renew_flow_address(_desk(services), flow_id, caller.user_id)))

    @post(
        "/{flow_id:int}/called/{key:str}",
        operation_id="callFlow",
        summary="Begin it by its address",
        access=ANYONE,
        status_code=202,
    )
    async def call(
        self, request: Request[Any, Any, Any], services: Given, flow_id: Id, *, key: Key, data: JSONBody[Facts]
    ) -> Begun:
        """A JSON object of up to 64 KB, which the flow sees as `trigger`. No token is needed: the address is the
        secret."""
        if len(await request.body()) > LARGEST:
            raise problem_error("payload-too-large", 413, "More than 64 KB. Send only what the flow needs.")
        outcome = await call_flow(_desk(services), flow_id, key, data)
        if isinstance(outcome, TooManyCalls):
            raise _too_many(outcome)
        return granted(outcome)


def _too_many(refusal: TooManyCalls) -> ProblemError:
    detail = f"This flow was called too often. What came before has begun; send the rest in {refusal.seconds} seconds."
    problem = FieldProblem("flow_id", "was called too often", "Wait, and look why the other system calls so often.")
    return ProblemError(make_problem("rate-limited", 429, detail, (problem,)), {"Retry-After": str(refusal.seconds)})


def _show(services: Services, flow_id: int, key: str) -> FlowAddress:
    return FlowAddress(f"{services.public_url}/api/v1/flows/{flow_id}/called/{key}")


def _desk(services: Services) -> FlowDesk:
    return FlowDesk(services.pool, services.sealer)
