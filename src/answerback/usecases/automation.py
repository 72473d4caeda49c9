"""The automated messages as they are set now, and the words each customer gets of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.domain.automation.triggers import Trigger
from answerback.domain.automation.wording import choose_language, word
from answerback.domain.hours.calendar import Calendar
from answerback.domain.hours.joint import joint_state
from answerback.domain.hours.sentences import say_moment, say_week
from answerback.domain.hours.state import HoursState, Open
from answerback.storage.automated_messages import Limits, MessageRow, read_limits, read_messages
from answerback.storage.calendars import list_calendars
from answerback.storage.connection import Database
from answerback.usecases.opening_hours import hours_of


@dataclass(frozen=True, slots=True)
class Automation:
    """Read for a batch of events at once."""

    rows: Mapping[tuple[str, int | None], MessageRow]
    limits: Limits
    calendars: Mapping[int, Calendar]

    def message(self, trigger: Trigger, number_id: int) -> MessageRow | None:
        """A number's own stands before that of all numbers, also when it is off."""
        return self.rows.get((trigger.value, number_id)) or self.rows.get((trigger.value, None))

    def active(self, number_id: int) -> frozenset[Trigger]:
        found = ((trigger, self.message(trigger, number_id)) for trigger in Trigger)
        return frozenset(trigger for trigger, row in found if row is not None and row.active)

    def calendars_of(self, facts: Mapping[str, Any]) -> list[Calendar]:
        """Those that count for a conversation: its number's, then its queue's."""
        wanted = (facts["number_calendar"], facts["queue_calendar"])
        return [self.calendars[each] for each in dict.fromkeys(wanted) if each in self.calendars]

    def hours(self, facts: Mapping[str, Any], at: datetime) -> HoursState:
        return joint_state(self.calendars_of(facts), at)

    def word(self, texts: Mapping[str, str], facts: Mapping[str, Any], at: datetime) -> str:
        """`facts` of a scene; names are those of the database."""
        language = choose_language(facts["language"], texts, self.limits.fallback_language)
        return word(texts[language], language, self._values(facts, at, language))

    def _values(self, facts: Mapping[str, Any], at: datetime, language: str) -> dict[str, str]:
        calendars = self.calendars_of(facts)
        customer, agent = facts["contact_name"] or "", facts.get("agent_name") or ""
        values = {
            "CustomerName": customer,
            "CustomerFirstName": _first(customer),
            "NumberName": facts["number_name"],
            "QueueName": facts["queue_name"],
            "AgentName": agent,
            "AgentFirstName": _first(agent),
            "Position": str(facts.get("position") or ""),
            "Hours": say_week(calendars[0], language) if calendars else "",
        }
        state = joint_state(calendars, at)
        if not isinstance(state, Open) and state.reopens_at is not None:
            values["ReopensAt"] = say_moment(state.reopens_at, at, calendars[0].zone, language)
        return values


async def read_automation(database: Database) -> Automation:
    rows: Sequence[MessageRow] = await read_messages(database)
    calendars = {calendar.id: hours_of(calendar) for calendar in await list_calendars(database)}
    return Automation({(row.trigger, row.number_id): row for row in rows}, await read_limits(database), calendars)


def _first(name: str) -> str:
    return name.split(" ", 1)[0]
