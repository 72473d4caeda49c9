"""Calls whose end nobody told: what was lost on the way shall not ring on screens for ever."""

from typing import Final

from answerback.domain.calls.behaviour import Behaviour
from answerback.domain.calls.course import Standing, Word, go_on
from answerback.domain.calls.status import CallStatus
from answerback.storage.connection import Pool
from answerback.storage.voice_calls import CallRow, claim_silent
from answerback.storage.wakeups import notify
from answerback.usecases.receive_calls import advance_call

LONGEST_CALL_SECONDS: Final = 4 * 3600 + 600
"""Twilio ends calls after four hours; nothing is heard of a longer one."""
PLACING_SECONDS: Final = 120
"""An order is answered or given up within seconds: this one's process died in between."""
UNDER_WAY: Final = (CallStatus.RINGING.value, CallStatus.ANSWERED.value)


async def end_silent_calls(pool: Pool) -> bool:
    """Whether there were any."""
    async with pool.acquire() as connection, connection.transaction():
        lost = await claim_silent(connection, [CallStatus.PLACING.value], PLACING_SECONDS)
        for call in lost:
            await advance_call(connection, call.id, CallStatus.UNCLEAR)
        silent = await claim_silent(connection, UNDER_WAY, LONGEST_CALL_SECONDS)
        for call in silent:
            await advance_call(connection, call.id, _end_of(call))
        if lost or silent:
            await notify(connection, "event")
    return bool(lost or silent)


def _end_of(call: CallRow) -> CallStatus:
    handled = Behaviour(call.handled) if call.handled else None
    ended = go_on(Standing(CallStatus(call.status), handled), Word(CallStatus.COMPLETED))
    return ended or CallStatus.COMPLETED
