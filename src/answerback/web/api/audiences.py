"""Audiences: files become lists, filters are saved, both are looked through."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, delete, get, patch, post
from litestar.datastructures import UploadFile
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, MultipartBody, Parameter
from litestar.response import Stream
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.domain.audiences.columns import MOST_VALUES, Mapping
from answerback.domain.audiences.conditions import Filter
from answerback.domain.files.cells import write_rows
from answerback.storage.audience_filters import list_filtered
from answerback.storage.audiences import (
    Audience,
    AudienceMember,
    AudienceProblem,
    get_audience,
    list_audiences,
    list_members,
    list_problems,
)
from answerback.storage.connection import Pool
from answerback.usecases.audience_settings import (
    AudienceChanges,
    FilterDraft,
    FilterPreview,
    change_audience,
    create_filter,
    preview_filter,
    remove_audience,
)
from answerback.usecases.audience_upload import upload_audience
from answerback.usecases.import_audience import start_import
from answerback.web.api.idempotency import client_key_of
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, before_id, cut
from answerback.web.api.services import Caller, Given, Services
from answerback.web.problems import granted, not_found

MANAGE: Final = Permission.MANAGE_OUTREACH
LARGEST_FILE: Final = 200 * 1024 * 1024
READ_BYTES: Final = 256 * 1024
PROBLEMS_AT_ONCE: Final = 2000
Place = Annotated[int, Meta(ge=0, le=1000)]
SlotName = Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9_]{0,49}$")]
Archived = Annotated[bool, Parameter(description="With those that were put away.")]
ListName = Annotated[str, Parameter(min_length=1, max_length=200, description="What people will call the list.")]
CSV_ANSWER: Final = {200: ResponseSpec(str, generate_examples=False, description="CSV.", media_type="text/csv")}


@dataclass(frozen=True, slots=True)
class AudienceFile:
    """One CSV file of at most 200 MB."""

    file: UploadFile


class ColumnChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Columns by their place from 0. `values`: template slot to column. `region`: of phones without a country code."""

    phone: Place
    locale: Place | None = None
    values: Annotated[dict[SlotName, Place], Meta(max_length=MOST_VALUES)] = {}
    region: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "US"


class FilterWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A filter to try."""

    filter: Filter


class AudiencePage(msgspec.Struct, frozen=True):
    items: list[Audience]
    next_cursor: str | None


class MemberPage(msgspec.Struct, frozen=True):
    items: list[AudienceMember]
    next_cursor: str | None


class ProblemPage(msgspec.Struct, frozen=True):
    items: list[AudienceProblem]
    next_cursor: str | None


class AudienceController(Controller):
    path = "/api/v1/audiences"
    tags = ("Audiences",)

    @get("/", operation_id="listAudiences", summary="List audiences", access=MANAGE)
    async def list_all(
        self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT, *, archived: Archived = False
    ) -> AudiencePage:
        """The newest first."""
        rows = await list_audiences(services.pool, before_id(cursor), limit + 1, archived=archived)
        return AudiencePage(*cut(rows, limit, lambda audience: (audience.id,)))

    @post("/", operation_id="createAudience", summary="Save a filter", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[FilterDraft]) -> Audience:
        """Whom it finds is looked up anew each time, and frozen when a campaign starts."""
        return granted(await create_filter(services.pool, data, caller.user_id))

    @post("/preview", operation_id="previewFilter", summary="Try a filter", access=MANAGE, status_code=200)
    async def preview(self, services: Given, data: JSONBody[FilterWish]) -> FilterPreview:
        """How many contacts it finds right now, and the first ten. Nothing is saved."""
        return granted(await preview_filter(services.pool, data.filter))

    @post(
        "/files",
        operation_id="uploadAudience",
        summary="Upload a file",
        access=MANAGE,
        request_max_body_size=LARGEST_FILE,
    )
    async def upload(
        self,
        request: Request[Any, Any, Any],
        services: Given,
        caller: Caller,
        *,
        name: ListName,
        data: MultipartBody[AudienceFile],
    ) -> Audience:
        """A CSV; the answer's `layout` tells its columns, what they seem to be, and the first rows. Choose the columns
        with POST /audiences/{id}/import. The same Idempotency-Key again gives the list that is there."""
        file = data.file.file

        def read_file() -> Iterator[bytes]:
            file.seek(0)
            while block := file.read(READ_BYTES):
                yield block

        key = client_key_of(request.headers)
        return granted(await upload_audience(services.pool, name, read_file, caller.user_id, client_key=key))

    @post(
        "/{audience_id:int}/import",
        operation_id="importAudience",
        summary="Import the file",
        access=MANAGE,
        status_code=200,
    )
    async def take_in(self, services: Given, caller: Caller, audience_id: Id, data: JSONBody[ColumnChoice]) -> Audience:
        """Runs by itself and survives restarts; GET the audience to see how far it is. Each phone is taken once, lines
        with problems are left out and told."""
        mapping = Mapping(data.phone, data.locale, data.values, data.region)
        return granted(await start_import(services.pool, audience_id, mapping, caller.user_id))

    @get("/{audience_id:int}", operation_id="getAudience", summary="One audience", access=MANAGE)
    async def read(self, services: Given, audience_id: Id) -> Audience:
        """With how far its import is: `bytes_done` of `bytes`, and what was found so far."""
        return await _find(services, audience_id)

    @patch("/{audience_id:int}", operation_id="changeAudience", summary="Rename or archive", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, audience_id: Id, data: JSONBody[AudienceChanges]
    ) -> Audience:
        """Archived ones are kept but no longer offered."""
        return granted(await change_audience(services.pool, audience_id, data, caller.user_id))

    @get("/{audience_id:int}/members", operation_id="listAudienceMembers", summary="Who is in it", access=MANAGE)
    async def members(
        self, services: Given, audience_id: Id, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> MemberPage:
        """In the order of the file; of a filter, the contacts that fit right now."""
        audience = await _find(services, audience_id)
        after = after_id(cursor)
        if audience.filter is None:
            rows = await list_members(services.pool, audience_id, after, limit + 1)
        else:
            rows = await list_filtered(services.pool, audience.filter, after, limit + 1)
        return MemberPage(*cut(rows, limit, lambda member: (member.place,)))

    @get("/{audience_id:int}/problems", operation_id="listAudienceProblems", summary="What was wrong", access=MANAGE)
    async def problems(
        self, services: Given, audience_id: Id, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> ProblemPage:
        """Line by line, the first 10,000; the audience's counts are exact."""
        await _find(services, audience_id)
        rows = await list_problems(services.pool, audience_id, after_id(cursor), limit + 1)
        return ProblemPage(*cut(rows, limit, lambda problem: (problem.id,)))

    @get(
        "/{audience_id:int}/problems.csv",
        operation_id="exportAudienceProblems",
        summary="What was wrong, as a file",
        access=MANAGE,
        media_type="text/csv",
        responses=CSV_ANSWER,
    )
    async def export(self, services: Given, audience_id: Id) -> Stream:
        """Line, column, kind, value and sentence. Cells are safe to open in a spreadsheet."""
        audience = await _find(services, audience_id)
        file_name = re.sub(r"[^A-Za-z0-9]+", "-", audience.name).strip("-") or "audience"
        headers = {"Content-Disposition": f"attachment; filename={file_name}-problems.csv"}
        return Stream(_problem_lines(services.pool, audience_id), media_type="text/csv", headers=headers)

    @delete("/{audience_id:int}", operation_id="removeAudience", summary="Remove an audience", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, audience_id: Id) -> None:
        """With its members. Not one that a campaign writes to: archive it."""
        granted(await remove_audience(services.pool, audience_id, caller.user_id))


async def _find(services: Services, audience_id: int) -> Audience:
    audience = await get_audience(services.pool, audience_id)
    if audience is None:
        raise not_found(f"audience {audience_id}")
    return audience


async def _problem_lines(pool: Pool, audience_id: int) -> AsyncIterator[bytes]:
    yield write_rows([("line", "column", "kind", "value", "sentence")])
    after = 0
    while rows := await list_problems(pool, audience_id, after, PROBLEMS_AT_ONCE):
        yield write_rows((one.line, one.column, one.kind, one.value, one.sentence) for one in rows)
        after = rows[-1].id
