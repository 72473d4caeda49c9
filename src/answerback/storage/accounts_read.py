"""Provider accounts and numbers as the message path needs them: everything at once, read seldom, kept in memory.

Changing them is the settings' business (storage of the API), not this module's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from answerback.domain.calls.behaviour import VoiceRules
from answerback.storage.connection import Database
from answerback.storage.credentials import open_credentials
from answerback.storage.number_voice import rules_of
from answerback.storage.sealing import Sealer, SealingError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One provider account with its secrets opened; never log it."""

    id: int
    provider: str
    credentials: Mapping[str, str] = field(repr=False)
    api_base_url: str
    signature_mode: str
    active: bool


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number of ours; `capabilities` of sms, mms, voice."""

    id: int
    address: str
    name: str
    provider_account_id: int
    workstream_id: int
    type: str
    country: str
    capabilities: frozenset[str]
    messaging_service_id: str | None
    provider_answers_keywords: bool
    parts_per_second: float
    active: bool
    brand_id: int | None = None
    survey: bool = False
    """Its workstream asks for a score by text."""
    voice: VoiceRules = field(default_factory=VoiceRules)


async def read_accounts(database: Database, sealer: Sealer) -> list[AccountRow]:
    """Every account whose secrets can be opened; one that cannot is left out and logged, the others go on."""
    rows = await database.fetch(
        "select id, provider, credentials, api_base_url, signature_mode, active from provider_account order by id"
    )
    accounts = []
    for row in rows:
        try:
            credentials = open_credentials(sealer, row["id"], row["credentials"])
        except SealingError as error:
            log.error("provider_account_unusable", account_id=row["id"], reason=str(error))
            continue
        accounts.append(AccountRow(**{**row, "credentials": credentials}))
    return accounts


async def read_numbers(database: Database) -> list[NumberRow]:
    rows = await database.fetch(
        """
        select n.id, n.address, n.name, n.provider_account_id, n.workstream_id, n.type, n.country, n.capabilities,
               n.messaging_service_id, n.provider_answers_keywords, n.parts_per_second::float8 as parts_per_second,
               n.active, n.brand_id, (w.survey ->> 'active')::boolean as survey,
               (select jsonb_build_object('behaviour', v.behaviour, 'words', v.words, 'language', v.language,
                                          'forward_to', v.forward_to, 'text_back', v.text_back)
                from number_voice v where v.number_id = n.id) as voice
        from number n join workstream w on w.id = n.workstream_id order by n.id
        """
    )
    return [
        NumberRow(**{**row, "capabilities": frozenset(row["capabilities"]), "voice": rules_of(row["voice"])})
        for row in rows
    ]


async def read_gap_start(database: Database, account_id: int, margin: timedelta) -> datetime | None:
    """From when on the provider's list may hold texts that never reached us; None for an unknown account.

    Not from before the account was entered: what came then was somebody else's to answer.
    """
    start: datetime | None = await database.fetchval(
        "select greatest(coalesce(gap_checked_at, last_inbound_at) - $2::interval, created_at)"
        " from provider_account where id = $1",
        account_id,
        margin,
    )
    return start


async def set_gap_checked(database: Database, account_id: int, at: datetime) -> None:
    """Everything the provider received before `at` is here."""
    await database.execute("update provider_account set gap_checked_at = $2 where id = $1", account_id, at)
