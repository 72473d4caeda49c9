"""Numbers of ours: add, change, remove."""

from collections.abc import Iterator
from datetime import UTC, datetime

import asyncpg
import msgspec
from msgspec import UnsetType

from answerback.domain.consent.keyword_table import ON_REQUEST
from answerback.domain.numbers.phone import UNKNOWN_COUNTRY, BadPhone, Phone, parse_phone
from answerback.domain.numbers.registration import usual_limits
from answerback.storage.connection import Connection, Pool
from answerback.storage.numbers import (
    Number,
    delete_number,
    insert_number,
    lock_number,
    update_number,
    uses_of_number,
)
from answerback.storage.provider_accounts import get_account
from answerback.storage.workstreams import get_workstream
from answerback.usecases.audit import record_setting
from answerback.usecases.calendar_settings import calendar_problem
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.number_shapes import NumberChanges, NumberDraft
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound, invalid


async def create_number(pool: Pool, draft: NumberDraft, actor_id: int) -> Number | Invalid | Conflict:
    phone = parse_phone(draft.address)
    if isinstance(phone, BadPhone):
        return invalid("address", "is not a phone number or short code", phone.sentence)
    problems = tuple(_contradictions(draft, phone))
    try:
        async with pool.acquire() as connection, connection.transaction():
            account = await get_account(connection, draft.provider_account_id)
            number = _read(draft, phone, account.provider if account else "")
            problems += await _missing_parts(connection, number)
            if problems:
                return Invalid(problems)
            created = await insert_number(connection, number)
            data = {"id": created.id, "address": created.address}
            await record_setting(connection, "NumberCreated", actor_id, data)
            return created
    except asyncpg.UniqueViolationError:
        way_out = "Change the one that is there: see GET /api/v1/numbers."
        problem = FieldProblem("address", "was added already", way_out)
        return Conflict("This number was added already.", (problem,))


async def change_number(
    pool: Pool, number_id: int, changes: NumberChanges, actor_id: int | None
) -> Number | Invalid | NotFound:
    async with pool.acquire() as connection, connection.transaction():
        old = await lock_number(connection, number_id)
        if old is None:
            return NotFound(f"number {number_id}")
        new = apply_changes(old, changes)
        new = msgspec.structs.replace(new, name=new.name.strip(), capabilities=_ordered(new.capabilities))
        problems = await _missing_parts(connection, new)
        if problems:
            return Invalid(problems)
        await update_number(connection, new)
        if new != old:
            data = {"id": new.id, "address": new.address, "changes": difference(old, new)}
            await record_setting(connection, "NumberChanged", actor_id, data)
        return new


async def remove_number(pool: Pool, number_id: int, actor_id: int) -> NotFound | InUse | None:
    async with pool.acquire() as connection, connection.transaction():
        number = await lock_number(connection, number_id)
        if number is None:
            return NotFound(f"number {number_id}")
        uses = await uses_of_number(connection, number_id)
        if uses:
            way_out = "Make it inactive instead. Its past stays readable."
            return InUse(f"number {number.address}", uses, way_out)
        await delete_number(connection, number_id)
        data = {"id": number_id, "address": number.address}
        await record_setting(connection, "NumberRemoved", actor_id, data)
    return None


def _read(draft: NumberDraft, phone: Phone, provider: str) -> Number:
    kind = draft.type or phone.type.value
    usual = usual_limits(provider, kind)
    answers = draft.provider_answers_keywords
    return Number(
        id=0,
        address=phone.address,
        name=draft.name.strip(),
        provider_account_id=draft.provider_account_id,
        workstream_id=draft.workstream_id,
        type=kind,
        country=draft.country or phone.country,
        capabilities=_ordered(list(draft.capabilities)),
        provider_number_id=draft.provider_number_id,
        messaging_service_id=draft.messaging_service_id,
        provider_answers_keywords=provider not in ON_REQUEST if isinstance(answers, UnsetType) else answers,
        parts_per_second=draft.parts_per_second or usual.parts_per_second,
        daily_cap=draft.daily_cap or usual.daily_cap,
        weekly_cap=draft.weekly_cap,
        monthly_cap=draft.monthly_cap,
        price_per_part=draft.price_per_part,
        monthly_budget=draft.monthly_budget,
        brand_id=None,
        calendar_id=draft.calendar_id,
        active=draft.active,
        created_at=datetime.now(UTC),
    )


def _ordered(capabilities: list[str]) -> list[str]:
    return [capability for capability in ("sms", "mms", "voice") if capability in capabilities]


def _contradictions(draft: NumberDraft, phone: Phone) -> Iterator[FieldProblem]:
    """The address alone tells type and country; only a short code's country must be known from elsewhere."""
    if draft.type is not None and draft.type != phone.type.value:
        problem = f"is {draft.type}, but {phone.address} is a {phone.type.value} number"
        yield FieldProblem("type", problem, f"Leave it out, or set {phone.type.value}.")
    if phone.type.value == "short_code":
        return
    if phone.country == UNKNOWN_COUNTRY:
        yield FieldProblem("address", "has an area code that belongs to no country", "Look for a typing error.")
    elif draft.country is not None and draft.country != phone.country:
        problem = f"is {draft.country}, but the area code of {phone.address} is in {phone.country}"
        yield FieldProblem("country", problem, f"Leave it out, or set {phone.country}.")


async def _missing_parts(connection: Connection, number: Number) -> tuple[FieldProblem, ...]:
    found = []
    problem = await calendar_problem(connection, number.calendar_id)
    if problem is not None:
        found.append(problem)
    if await get_account(connection, number.provider_account_id) is None:
        way_out = "Choose one from GET /api/v1/provider-accounts, or add it first."
        found.append(FieldProblem("provider_account_id", "is not a provider account", way_out))
    if await get_workstream(connection, number.workstream_id) is None:
        way_out = "Choose one from GET /api/v1/workstreams, or add it first."
        found.append(FieldProblem("workstream_id", "is not a workstream", way_out))
    return tuple(found)
