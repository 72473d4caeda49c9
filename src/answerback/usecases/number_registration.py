"""How a number stands with the carriers, as administrators see and set it: registration, throughput and caps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.numbers.registration import (
    BrandKind,
    Limits,
    RegistrationKind,
    RegistrationStatus,
    kind_of,
    usual_limits,
    why_refused,
)
from answerback.domain.sending.caps import Cap, ends
from answerback.storage.connection import Connection, Pool
from answerback.storage.number_standing import (
    Registration,
    caps_of,
    read_all_caps,
    read_registration,
    read_registrations,
    write_registration,
)
from answerback.storage.numbers import Number, list_numbers, lock_number, update_number
from answerback.storage.provider_accounts import get_account
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.refusals import FieldProblem, Invalid, NotFound

MOST_NUMBERS = 10_000
Words = Annotated[str, Meta(max_length=500)]
Details = Annotated[
    dict[Annotated[str, Meta(max_length=60)], Any],
    Meta(max_length=60, description="What was told to the carriers, by the provider's field names."),
]
Status = Literal["unknown", "unregistered", "pending", "approved", "rejected"]


class RegistrationChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. `override_reason` lets the number send all the same; empty ends that."""

    status: Status | UnsetType = UNSET
    reference: Annotated[str, Meta(max_length=100)] | UnsetType = UNSET
    rejection_reason: Words | UnsetType = UNSET
    brand_kind: Literal["standard", "low_volume", "sole_proprietor"] | UnsetType | None = UNSET
    trust_score: Annotated[int, Meta(ge=0, le=100)] | UnsetType | None = UNSET
    details: Details | UnsetType = UNSET
    override_reason: Words | UnsetType = UNSET


class Usage(msgspec.Struct, frozen=True):
    """One cap, live: parts sent in this period and parts that wait; `near` from 80 % on."""

    period: str
    cap: int
    used: int
    waiting: int
    resets_at: datetime
    near: bool


class Standing(msgspec.Struct, frozen=True):
    """`kind` is the registration that this number needs; null where carriers ask for none. `refusal` says why they
    would refuse its texts now, in words; null where they take them."""

    number_id: int
    kind: str | None
    registration: Registration
    refusal: str | None
    usage: list[Usage]


async def list_standings(pool: Pool) -> list[Standing]:
    """Of every number, in the order they were added."""
    async with pool.acquire() as connection:
        numbers = await list_numbers(connection, 0, MOST_NUMBERS)
        registrations = await read_registrations(connection)
        most = {number.id: caps_of(number.daily_cap, number.weekly_cap, number.monthly_cap) for number in numbers}
        now = datetime.now(UTC)
        caps = await read_all_caps(connection, {one: limits for one, limits in most.items() if limits}, now)
        providers = {
            each: await _provider_of(connection, each) for each in {one.provider_account_id for one in numbers}
        }
    return [
        _standing(
            number,
            providers[number.provider_account_id],
            registrations.get(number.id, Registration()),
            caps=caps.get(number.id, ()),
            now=now,
        )
        for number in numbers
    ]


async def change_registration(
    pool: Pool, number_id: int, changes: RegistrationChanges, actor_id: int | None
) -> Standing | Invalid | NotFound:
    """Throughput and daily cap follow, unless an administrator had set others."""
    async with pool.acquire() as connection, connection.transaction():
        number = await lock_number(connection, number_id)
        if number is None:
            return NotFound(f"number {number_id}")
        kind = kind_of(number.type, number.country)
        problems = tuple(_contradictions(changes, kind))
        if problems:
            return Invalid(problems)
        old = await read_registration(connection, number_id)
        new = apply_changes(old, changes)
        overrides = actor_id if new.override_reason.strip() else None
        new = msgspec.structs.replace(
            new,
            override_reason=new.override_reason.strip(),
            override_by=old.override_by if new.override_reason == old.override_reason else overrides,
        )
        provider = await _provider_of(connection, number.provider_account_id)
        if new != old:
            await write_registration(connection, number_id, new)
            data = {"id": number_id, "address": number.address, "changes": difference(old, new)}
            await record_setting(connection, "NumberRegistrationChanged", actor_id, data)
        number = await _follow(connection, number, provider, old=old, new=new)
        most = {number.id: caps_of(number.daily_cap, number.weekly_cap, number.monthly_cap)}
        now = datetime.now(UTC)
        return _standing(number, provider, new, caps=(await read_all_caps(connection, most, now))[number.id], now=now)


async def _follow(
    connection: Connection, number: Number, provider: str, *, old: Registration, new: Registration
) -> Number:
    """The limits that go with the registration, where the number had those of its former one."""
    before, after = _limits(number, provider, old), _limits(number, provider, new)
    changed = number
    if number.parts_per_second == before.parts_per_second:
        changed = msgspec.structs.replace(changed, parts_per_second=after.parts_per_second)
    if number.daily_cap == before.daily_cap:
        changed = msgspec.structs.replace(changed, daily_cap=after.daily_cap)
    if changed != number:
        await update_number(connection, changed)
        data = {"id": number.id, "address": number.address, "changes": difference(number, changed)}
        await record_setting(connection, "NumberChanged", None, data)
    return changed


def _limits(number: Number, provider: str, registration: Registration) -> Limits:
    approved = registration.status == RegistrationStatus.APPROVED and registration.brand_kind is not None
    brand = BrandKind(registration.brand_kind) if approved and registration.brand_kind else None
    return usual_limits(provider, number.type, brand=brand, trust_score=registration.trust_score)


def _contradictions(changes: RegistrationChanges, kind: RegistrationKind | None) -> Iterator[FieldProblem]:
    if kind is None:
        yield FieldProblem("status", "does not apply to this number", "Carriers ask for no registration of it.")
    elif kind is not RegistrationKind.TEN_DLC_CAMPAIGN:
        for name in ("brand_kind", "trust_score"):
            if getattr(changes, name) not in (UNSET, None):
                yield FieldProblem(name, "belongs to 10DLC campaigns only", "Leave it out.")


def _standing(
    number: Number, provider: str, registration: Registration, *, caps: tuple[Cap, ...], now: datetime
) -> Standing:
    kind = kind_of(number.type, number.country)
    refusal = why_refused(provider, kind, registration.status) if kind else None
    usage = [
        Usage(cap.period.value, cap.most, cap.used, cap.waiting, ends(cap.period, now).astimezone(UTC), cap.is_near)
        for cap in caps
    ]
    return Standing(number.id, kind.value if kind else None, registration, refusal, usage)


async def _provider_of(connection: Connection, account_id: int) -> str:
    account = await get_account(connection, account_id)
    assert account is not None
    return account.provider
