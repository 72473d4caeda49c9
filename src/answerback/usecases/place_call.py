"""An agent calls the customer of a conversation: the provider rings the agent's own phone, then brings the customer in.

The call is stored before the provider is asked. What comes of it comes as news; an order of unclear fate is shown so,
and never given again by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from answerback.domain.calls.placing import CallFacts, CallRefused, why_not_call
from answerback.domain.calls.status import CALL_RANKS, CallStatus, moves_on
from answerback.domain.ids import CallId
from answerback.domain.numbers.phone import country_of
from answerback.domain.sending.destinations import allowed_countries, name_countries
from answerback.providers.calls import CallNews, CallOrder, NotPlaced, Placed, PlaceResult, UnclearCall
from answerback.providers.voice import Voice
from answerback.storage.blocked import any_blocked
from answerback.storage.connection import Connection, Database
from answerback.storage.events import append
from answerback.storage.messages import ConversationFacts, lock_conversation, read_facts
from answerback.storage.numbers import get_number
from answerback.storage.users import get_user
from answerback.storage.voice_calls import NewCall, add_call, bind_call, find_placed, lock_call_by_id
from answerback.storage.wakeups import notify
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.arrivals import ReceivedCall
from answerback.usecases.open_account import Opened, open_account
from answerback.usecases.receive_calls import advance_call, call_event
from answerback.usecases.refusals import NotFound, ProviderRefused


@dataclass(frozen=True, slots=True)
class PlaceCall:
    """A `client_key` that the agent has used before gives the call it placed then."""

    conversation_id: int
    agent_id: int
    client_key: str | None = None


async def place_call(desk: AccountDesk, command: PlaceCall) -> int | CallRefused | NotFound | ProviderRefused:
    """The call's id; how it stands is in its row."""
    known = await read_facts(desk.pool, command.conversation_id)
    if known is None:
        return NotFound(f"conversation {command.conversation_id}")
    opened = await open_account(desk, known.provider_account_id)
    if not isinstance(opened, Opened):
        return opened
    provider, account = opened.provider, opened.account
    async with desk.pool.acquire() as connection, connection.transaction():
        order = await _store(
            desk, connection, command, voice_url=provider.callback_urls(desk.public_url, account).voice
        )
    if not isinstance(order, CallOrder):
        return order
    assert isinstance(provider, Voice)
    result = await provider.place_call(account, order)
    async with desk.pool.acquire() as connection, connection.transaction():
        await _settle(connection, account.id, order.call_id, result)
    return order.call_id


async def may_call(desk: AccountDesk, conversation_id: int, agent_id: int) -> CallRefused | str | None:
    """The phone that would be rung, or why none; None where there is no such conversation."""
    facts = await read_facts(desk.pool, conversation_id)
    if facts is None:
        return None
    asked = await _facts(desk, desk.pool, facts, agent_id)
    return why_not_call(asked) or asked.own_phone


async def _store(
    desk: AccountDesk, connection: Connection, command: PlaceCall, *, voice_url: str
) -> CallOrder | int | CallRefused | NotFound:
    facts = await lock_conversation(connection, command.conversation_id)
    if facts is None:
        return NotFound(f"conversation {command.conversation_id}")
    if command.client_key is not None:  # asked under the lock, so that two calls with one key cannot both find nothing
        before = await find_placed(connection, command.agent_id, command.client_key)
        if before is not None:
            return before
    asked = await _facts(desk, connection, facts, command.agent_id)
    refused = why_not_call(asked)
    if refused is not None:
        return refused
    status = CallStatus.PLACING
    new = NewCall(
        facts.provider_account_id, None, facts.number_id, "outbound", facts.customer_phone, status.value,
        CALL_RANKS[status], contact_id=facts.contact_id, conversation_id=facts.id, agent_id=command.agent_id,
        client_key=command.client_key,
    )  # fmt: skip
    call_id = await add_call(connection, new)
    assert call_id is not None  # it has no provider's id that could be here already
    await append(connection, [call_event("CallPlaced", await lock_call_by_id(connection, call_id))])
    await notify(connection, "event")
    return CallOrder(CallId(call_id), asked.number, asked.own_phone, asked.customer, voice_url)


async def _facts(desk: AccountDesk, connection: Database, facts: ConversationFacts, agent_id: int) -> CallFacts:
    number = await get_number(connection, facts.number_id)
    agent = await get_user(connection, agent_id)
    assert number is not None
    provider = desk.providers.get(facts.provider)
    voice = provider.facts.voice if provider else None
    allowed = allowed_countries(facts.provider, facts.number_type, facts.number_country)
    return CallFacts(
        provider_label=provider.facts.label if provider else facts.provider,
        carries_calls=voice is not None,
        carries_sip=voice is not None and voice.sip,
        number=number.address,
        number_has_voice="voice" in facts.capabilities,
        number_active=facts.number_active and facts.account_active,
        customer=facts.customer_phone,
        country=country_of(facts.customer_phone),
        allowed=allowed,
        allowed_words=name_countries(allowed),
        blocked=await any_blocked(connection, [facts.customer_phone]),
        own_phone=agent.call_address if agent else "",
    )


async def _settle(connection: Connection, account_id: int, call_id: int, result: PlaceResult) -> None:
    """What the answer says, unless news of the call has overtaken it."""
    call = await lock_call_by_id(connection, call_id)
    match result:
        case Placed(provider_call_id):
            await bind_call(connection, call.id, provider_call_id)
            status, trouble = CallStatus.RINGING, ""
        case NotPlaced(failure):
            status, trouble = CallStatus.FAILED, failure.sentence
        case UnclearCall(why):
            status, trouble = CallStatus.UNCLEAR, f"{why}. A phone may have rung; it is not called again by itself."
    if moves_on(CallStatus(call.status), status):
        item = ReceivedCall(account_id, None, CallNews("", status, trouble=trouble), "", datetime.now(UTC))
        await advance_call(connection, call.id, status, item)
        await notify(connection, "event")
