"""The look at a provider account, daily and on demand: credentials, public address, and each number. It is written down
with its evidence and time; what newly went wrong, or was mended, is an event."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from answerback.providers.contract import AvailableNumber, Check, ProviderError
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent
from answerback.storage.numbers import numbers_of_account
from answerback.storage.upkeep import Finding, Findings, lock_turn, read_findings, set_due, write_findings
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.after_outage import after_outage
from answerback.usecases.audit import record
from answerback.usecases.compare_opt_outs import compare_opt_outs
from answerback.usecases.number_upkeep import AT_PROVIDER, judge_number
from answerback.usecases.open_account import Opened, open_account
from answerback.usecases.refusals import NotFound, ProviderRefused

PERIOD: Final = timedelta(days=1)
SOON: Final = timedelta(minutes=15)
"""What looked wrong is looked at again, since it may have been a moment's trouble."""
Found = dict[int | None, list[Check]]


class Upkeep(msgspec.Struct, frozen=True):
    """What the last look found: of the account, and of each of its active numbers. Null: nobody looked yet."""

    checks: list[Finding]
    numbers: list[Findings]
    checked_at: datetime | None


async def look_after(desk: AccountDesk, account_id: int) -> Upkeep | NotFound | ProviderRefused:
    """Ask the provider now."""
    opened = await open_account(desk, account_id)
    if isinstance(opened, NotFound):
        return opened
    if isinstance(opened, ProviderRefused):
        found: Found = {None: [Check("Credentials", False, opened.sentence, "Enter them again.")]}
    else:
        found = await _look(desk, opened)
    findings = {key: [_finding(check) for check in checks] for key, checks in found.items()}
    await _write(desk.pool, account_id, findings)
    return await show_upkeep(desk.pool, account_id)


async def show_upkeep(pool: Pool, account_id: int) -> Upkeep:
    found = await read_findings(pool, account_id)
    own = next((one for one in found if one.number_id is None), None)
    numbers = [one for one in found if one.number_id is not None]
    return Upkeep(own.checks if own else [], numbers, own.checked_at if own else None)


async def _look(desk: AccountDesk, opened: Opened) -> Found:
    provider, account = opened.provider, opened.account
    checks = await provider.check_credentials(account)
    refused = any(check.ok is False for check in checks)
    checks.append(await desk.reach.check(provider.facts, account.api_base_url))
    if refused:
        return {None: checks}  # the provider says nothing of its numbers
    checks.append(after_outage(provider.facts))
    numbers = [one for one in await numbers_of_account(desk.pool, account.id) if one.active]
    checks += await compare_opt_outs(desk.pool, opened, numbers)
    listed: dict[str, AvailableNumber] = {}
    if provider.facts.listed_types:
        try:
            listed = {one.address: one for one in await provider.list_numbers(account)}
        except ProviderError as error:
            return {None: [*checks, Check(AT_PROVIDER, False, error.failure.sentence, "It is tried again soon.")]}
    urls = provider.callback_urls(desk.public_url, account)
    now, last_in = datetime.now(UTC), opened.record.last_inbound_at
    judged: Found = {
        one.id: judge_number(one, listed.get(one.address), provider.facts, urls=urls, last_in=last_in, now=now)
        for one in numbers
    }
    return {None: checks, **judged}


async def _write(pool: Pool, account_id: int, found: Mapping[int | None, list[Finding]]) -> None:
    now = datetime.now(UTC)
    failing = {(number, one.name) for number, checks in found.items() for one in checks if one.ok is False}
    async with pool.acquire() as connection, connection.transaction():
        await lock_turn(connection, account_id)
        before = {
            (known.number_id, one.name)
            for known in await read_findings(connection, account_id)
            for one in known.checks
            if one.ok is False
        }
        await write_findings(connection, account_id, found, now)
        await set_due(connection, account_id, SOON if failing else PERIOD)
        for kind, changed in (("ProviderCheckFailed", failing - before), ("ProviderCheckMended", before - failing)):
            for number_id, name in changed:
                data = {"account_id": account_id, "number_id": number_id, "check": name}
                await record(connection, NewEvent(kind, data=data))


def _finding(check: Check) -> Finding:
    return Finding(check.name, check.ok, check.evidence, check.fix)
