"""Takes a file for an audience: finds out how it is written and keeps it, as UTF-8, in blocks of whole lines."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

import asyncpg

from answerback.domain.audiences.columns import Layout, read_layout
from answerback.domain.files.encoding import decode_blocks, find_encoding, whole_lines
from answerback.storage.audience_import import insert_block, insert_list
from answerback.storage.audiences import Audience, get_audience, uploaded_with
from answerback.storage.connection import Pool
from answerback.usecases.audit import record_setting
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, invalid

BLOCK_CHARACTERS: Final = 256 * 1024
ReadFile = Callable[[], Iterable[bytes]]
"""Gives the file's bytes from its beginning, block by block, each time it is called."""


async def upload_audience(
    pool: Pool, name: str, read_file: ReadFile, user_id: int, *, client_key: str | None = None
) -> Audience | Invalid | Conflict:
    """The list waits for its columns to be chosen. The same key again gives the list that is there."""
    unnamed = name_problem(name)
    if unnamed is not None:
        return Invalid((unnamed,))
    blocks, layout = await asyncio.to_thread(_begin, read_file)
    if layout is None:
        return invalid("file", "has no line with something in it", "Send a CSV: a heading, then a line for each phone.")
    try:
        async with pool.acquire() as connection, connection.transaction():
            earlier = await uploaded_with(connection, user_id, client_key) if client_key else None
            audience_id = earlier
            if audience_id is None:
                audience_id = await insert_list(connection, name.strip(), layout, user_id, key=client_key)
                place = 0
                while some := await asyncio.to_thread(lambda: list(islice(blocks, 1))):
                    [(line, text)] = some
                    await insert_block(connection, audience_id, place, line=line, content=text.encode())
                    place += 1
                data = {"id": audience_id, "name": name.strip()}
                await record_setting(connection, "AudienceUploaded", user_id, data)
            audience = await get_audience(connection, audience_id)
            assert audience is not None
            return audience
    except asyncpg.UniqueViolationError:
        return name_taken()


def name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another audience", "Choose another name.")
    return Conflict("Another audience has this name.", (problem,))


def _begin(read_file: ReadFile) -> tuple[Iterator[tuple[int, str]], Layout | None]:
    encoding = find_encoding(read_file())
    first = next(whole_lines(decode_blocks(read_file(), encoding), BLOCK_CHARACTERS), None)
    layout = None if first is None else read_layout(first[1], encoding)
    return whole_lines(decode_blocks(read_file(), encoding), BLOCK_CHARACTERS), layout
