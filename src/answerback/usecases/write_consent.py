"""One line into the consent ledger with everything that follows from it: what waits is held back, screens are told.

Part of a larger transaction: the keyword's, the agent's, the import's.
"""

from collections.abc import Sequence
from typing import Final

from answerback.domain.consent.ledger import Choice
from answerback.storage.blocked import contact_with
from answerback.storage.connection import Connection
from answerback.storage.consent import NewEntry, add_entries
from answerback.storage.events import NewEvent, append
from answerback.storage.waiting_texts import Scope, phones_waited_for, refuse_waiting

STOPPED: Final = "The customer opted out before this text left: they can text START to this number to opt in again."


async def write_consent(
    connection: Connection, entry: NewEntry, *, conversation_id: int | None = None, contact_id: int | None = None
) -> int:
    """Gives the line's id. The event stands in `conversation_id`'s thread, if there is one."""
    [entry_id] = await add_entries(connection, [entry])
    if contact_id is None and conversation_id is None:
        contact_id = await contact_with(connection, entry.phone)
    events = [
        NewEvent(
            "ConsentRecorded",
            actor_id=entry.user_id,
            conversation_id=conversation_id,
            contact_id=contact_id,
            message_id=entry.message_id,
            data={
                "choice": entry.choice,
                "source": entry.source,
                "purpose": entry.purpose,
                "number_id": entry.number_id,
                "brand_id": entry.brand_id,
                "entry_id": entry_id,
            },
        )
    ]
    events += await hold_back(connection, [entry])
    await append(connection, events)
    return entry_id


async def hold_back(connection: Connection, entries: Sequence[NewEntry]) -> list[NewEvent]:
    """Texts that wait for phones which opted out do not leave; the events that say so."""
    events = []
    out = [entry for entry in entries if entry.choice == Choice.OPT_OUT]
    waited_for = await phones_waited_for(connection, [entry.phone for entry in out]) if out else frozenset[str]()
    for entry in out:
        if entry.phone not in waited_for:
            continue
        scope = Scope(entry.number_id, entry.brand_id, entry.purpose)
        refused = await refuse_waiting(connection, entry.phone, scope, reason="opted_out", sentence=STOPPED)
        events += [
            NewEvent("MessageRefused", conversation_id=conversation, message_id=message, data={"reason": "opted_out"})
            for message, conversation in refused
        ]
    return events
