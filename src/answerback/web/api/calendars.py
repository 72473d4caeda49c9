"""Calendars: when numbers and queues are open."""

from datetime import UTC, date, datetime
from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody, Parameter

from answerback.domain.access.permissions import Permission
from answerback.domain.hours.holidays import holidays_in, places
from answerback.storage.calendars import Calendar, HoursNow, get_calendar, list_calendars
from answerback.usecases.calendar_settings import (
    CalendarChanges,
    CalendarDraft,
    CalendarTrial,
    change_calendar,
    create_calendar,
    remove_calendar,
    try_calendar,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

VIEW, MANAGE = Permission.VIEW_SETTINGS, Permission.MANAGE_SETTINGS
Country = Annotated[str, Parameter(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")]
Subdivision = Annotated[str | None, Parameter(max_length=10, description="A part of it, such as PR.")]
Year = Annotated[int, Parameter(ge=2000, le=2100)]


class CalendarPage(msgspec.Struct, frozen=True):
    items: list[Calendar]
    next_cursor: str | None


class Trial(CalendarTrial, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Opening times to try out; `at` left out means now."""

    at: datetime | None = None


class Place(msgspec.Struct, frozen=True):
    """A country whose public holidays are known, with its parts that have others."""

    country: str
    subdivisions: list[str]


class Places(msgspec.Struct, frozen=True):
    items: list[Place]


class HolidayDate(msgspec.Struct, frozen=True):
    date: date
    name: str


class HolidayDates(msgspec.Struct, frozen=True):
    items: list[HolidayDate]


class CalendarController(Controller):
    path = "/api/v1/calendars"
    tags = ("Calendars",)

    @get("/", operation_id="listCalendars", summary="List calendars", access=VIEW)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> CalendarPage:
        """In the order they were added, each with what it says now."""
        rows = await list_calendars(services.pool, after_id(cursor), limit + 1)
        return CalendarPage(*cut(rows, limit, lambda calendar: (calendar.id,)))

    @post("/", operation_id="createCalendar", summary="Add a calendar", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[CalendarDraft]) -> Calendar:
        """A day that is left out is closed."""
        return granted(await create_calendar(services.pool, data, caller.user_id))

    @post("/preview", operation_id="previewCalendar", summary="Try a calendar out", access=VIEW, status_code=200)
    async def preview(self, services: Given, data: JSONBody[Trial]) -> HoursNow:
        """What it would say at a moment; nothing is saved."""
        return granted(try_calendar(data, data.at or datetime.now(UTC)))

    @get("/places", operation_id="listHolidayPlaces", summary="Where public holidays are known", access=VIEW)
    async def list_places(self, services: Given) -> Places:
        """All at once."""
        return Places([Place(country, list(parts)) for country, parts in places().items()])

    @get("/holidays", operation_id="listHolidays", summary="Public holidays of a place in a year", access=VIEW)
    async def list_holidays(
        self, services: Given, country: Country, year: Year, subdivision: Subdivision = None
    ) -> HolidayDates:
        """In order; empty for a place that is not known."""
        return HolidayDates([HolidayDate(on, name) for on, name in holidays_in(country, subdivision, year).items()])

    @get("/{calendar_id:int}", operation_id="getCalendar", summary="One calendar", access=VIEW)
    async def read(self, services: Given, calendar_id: Id) -> Calendar:
        """One calendar with what it says now."""
        calendar = await get_calendar(services.pool, calendar_id)
        if calendar is None:
            raise not_found(f"calendar {calendar_id}")
        return calendar

    @patch("/{calendar_id:int}", operation_id="changeCalendar", summary="Change a calendar", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, calendar_id: Id, data: JSONBody[CalendarChanges]
    ) -> Calendar:
        """Acts at once: queues with these hours open or close as they now say."""
        return granted(await change_calendar(services.pool, calendar_id, data, caller.user_id))

    @delete("/{calendar_id:int}", operation_id="removeCalendar", summary="Remove a calendar", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, calendar_id: Id) -> None:
        """Only one that no number and no queue keeps."""
        granted(await remove_calendar(services.pool, calendar_id, caller.user_id))
