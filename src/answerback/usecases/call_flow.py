"""A flow's own address: other systems that have no token here begin runs by calling it.

The address holds a key, made from the flow's secret and how often the address was renewed. Whoever has the address may
begin runs, and nothing else; every text still passes the send gate.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from answerback.domain.flows.expressions import WrongExpression, holds, write_down
from answerback.domain.flows.triggers import Called
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.flows import active_flow, read_address, renew_address
from answerback.storage.rate_limits import count_hit
from answerback.usecases.audit import record_setting
from answerback.usecases.begin_flow import Begun, RunWish, begin_for
from answerback.usecases.flow_settings import FlowDesk, context_of
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid

MOST_CALLS: Final = 10_000
"""In fifteen minutes, over all nodes: more is a system that has lost its way."""
LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class TooManyCalls:
    """`until` the calls are counted anew."""

    until: datetime

    @property
    def seconds(self) -> int:
        return max(1, round((self.until - datetime.now(UTC)).total_seconds()))


async def key_of_address(desk: FlowDesk, flow_id: int) -> str | NotFound:
    """The last part of the flow's address."""
    found = await read_address(desk.pool, flow_id)
    if found is None:
        return NotFound(f"flow {flow_id}")
    secret = desk.sealer.open(found.secret, context_of(flow_id))
    digest = hmac.digest(secret, f"address {found.turn}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


async def renew_flow_address(desk: FlowDesk, flow_id: int, actor_id: int) -> str | NotFound:
    """The former one begins nothing from now on."""
    async with desk.pool.acquire() as connection, connection.transaction():
        if not await renew_address(connection, flow_id):
            return NotFound(f"flow {flow_id}")
        await record_setting(connection, "FlowAddressRenewed", actor_id, {"id": flow_id})
    return await key_of_address(desk, flow_id)


async def call_flow(
    desk: FlowDesk, flow_id: int, key: str, body: Mapping[str, Any]
) -> Begun | TooManyCalls | NotFound | Conflict | Invalid:
    """One run for the customer that the body names, or why none began."""
    expected = await key_of_address(desk, flow_id)
    if isinstance(expected, NotFound) or not hmac.compare_digest(expected.encode(), key.encode()):
        return NotFound("flow at this address")
    hits, ends = await count_hit(desk.pool, f"flow address {flow_id}")
    if hits > MOST_CALLS:
        return TooManyCalls(ends)
    flow = await active_flow(desk.pool, flow_id)
    trigger = flow.definition.trigger if flow is not None else None
    if not isinstance(trigger, Called):
        return Conflict("This flow does not begin by its address: it begins otherwise, or is switched off.")
    wish = _wish(trigger, dict(body))
    if not isinstance(wish, RunWish):
        return wish
    begun = await begin_for(desk.pool, flow_id, [wish])
    return begun[0] if isinstance(begun, list) else begun


def _wish(trigger: Called, body: dict[str, Any]) -> RunWish | Begun | Invalid:
    facts = {"trigger": body}
    if trigger.when is not None and not holds(trigger.when, facts):
        return Begun(None, "The flow's condition leaves it out.")
    try:
        phone = write_down(trigger.phone, facts)
        mark = write_down(trigger.key, facts) if trigger.key is not None else ""
    except WrongExpression as wrong:
        way_out = "Send it, or let the flow say where it stands."
        return invalid("body", f"has not what the flow looks for: {trigger.phone} {wrong}", way_out)
    address = parse_phone(phone)
    if isinstance(address, BadPhone):
        return invalid("phone", f"is not a phone number; the flow looks at {trigger.phone}", address.sentence)
    if len(mark) > LONGEST_KEY:
        return invalid("body", f"has a key of more than {LONGEST_KEY} characters", "Send a shorter one.")
    return RunWish(phone=phone, facts=body, key=f"address {mark}" if mark else None)
