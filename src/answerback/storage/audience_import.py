"""A file on its way to being a list: kept in blocks, read a block a transaction, so that any death costs one block."""

from collections.abc import Iterable
from typing import Final

import msgspec

from answerback.domain.audiences.columns import Layout, Mapping
from answerback.domain.audiences.members import Batch, LineProblem
from answerback.storage.connection import Connection

MOST_PROBLEMS_KEPT: Final = 10_000


class Block(msgspec.Struct, frozen=True):
    """The next one to read of an audience; `content` None: all of them are read."""

    audience_id: int
    created_by: int | None
    name: str
    layout: Layout
    mapping: Mapping
    block: int
    line: int
    content: bytes | None


async def insert_list(connection: Connection, name: str, layout: Layout, user_id: int, *, key: str | None) -> int:
    audience_id: int = await connection.fetchval(
        """
        insert into audience (name, kind, state, layout, created_by, client_key)
        values ($1, 'list', 'uploaded', $2, $3, $4) returning id
        """,
        name,
        layout,
        user_id,
        key,
    )
    return audience_id


async def insert_block(connection: Connection, audience_id: int, block: int, *, line: int, content: bytes) -> None:
    await connection.execute(
        "insert into audience_block (audience_id, block, line, content) values ($1, $2, $3, $4)",
        audience_id,
        block,
        line,
        content,
    )
    await connection.execute("update audience set bytes = bytes + $2 where id = $1", audience_id, len(content))


async def begin_import(connection: Connection, audience_id: int, mapping: Mapping) -> None:
    await connection.execute(
        "update audience set state = 'importing', mapping = $2 where id = $1", audience_id, mapping
    )


async def claim_block(connection: Connection) -> Block | None:
    """Of the oldest list that nobody else is reading right now; held until the transaction ends."""
    row = await connection.fetchrow(
        """
        with audience as (
            select id, created_by, name, layout, mapping, next_block from audience
            where state = 'importing' order by id limit 1 for update skip locked
        )
        select a.*, b.line, b.content
        from audience a left join audience_block b on b.audience_id = a.id and b.block = a.next_block
        """
    )
    if row is None:
        return None
    layout, mapping = msgspec.convert(row["layout"], Layout), msgspec.convert(row["mapping"], Mapping)
    place = (row["next_block"], row["line"] or 0, row["content"])
    return Block(row["id"], row["created_by"], row["name"], layout, mapping, *place)


async def keep_block(connection: Connection, block: Block, batch: Batch) -> None:
    """Members, problems, counts and how far it has come, all in the caller's transaction."""
    duplicates = await _copy_members(connection, block.audience_id, batch)
    left_out = {problem.line for problem in batch.problems if problem.kind == "problem"}
    noted = {problem.line for problem in batch.problems if problem.kind == "note"} - left_out
    found = sorted([*batch.problems, *duplicates], key=lambda problem: problem.line)
    await _keep_problems(connection, block.audience_id, found)
    content = block.content or b""
    await connection.execute(
        """
        update audience
        set next_block = next_block + 1, bytes_done = bytes_done + $2, lines = lines + $3, members = members + $4,
            duplicates = duplicates + $5, problems = problems + $6, notes = notes + $7
        where id = $1
        """,
        block.audience_id,
        len(content),
        content.count(b"\n") + (not content.endswith(b"\n")),
        len(batch.members) - len(duplicates),
        len(duplicates),
        len(left_out),
        len(noted - {problem.line for problem in duplicates}),
    )


async def end_import(connection: Connection, audience_id: int) -> None:
    """The file goes, with the rows that were shown to choose columns by; a list without members has failed."""
    await connection.execute("delete from audience_block where audience_id = $1", audience_id)
    await connection.execute(
        """
        update audience set state = case when members > 0 then 'ready' else 'failed' end, ready_at = now(),
                            layout = jsonb_set(layout, '{rows}', '[]')
        where id = $1
        """,
        audience_id,
    )


async def _copy_members(connection: Connection, audience_id: int, batch: Batch) -> list[LineProblem]:
    """The first line of a phone counts; the others come back."""
    if not batch.members:
        return []
    await connection.execute(
        """
        create temporary table if not exists member_arriving
            (place int, phone text, locale text, "values" jsonb) on commit delete rows
        """
    )
    await connection.copy_records_to_table("member_arriving", records=batch.members)
    rows = await connection.fetch(
        """
        with taken as (
            insert into audience_member (audience_id, place, phone, locale, "values")
            select $1, place, phone, locale, "values" from member_arriving order by place
            on conflict (audience_id, phone) do nothing
            returning place
        ), left_out as (
            select place, phone from member_arriving where place not in (select place from taken)
        )
        select place, phone from left_out order by place
        """,
        audience_id,
    )
    if not rows:
        return []
    firsts = await connection.fetch(
        "select phone, place from audience_member where audience_id = $1 and phone = any ($2::text[])",
        audience_id,
        [row["phone"] for row in rows],
    )
    return list(_duplicates(((row["place"], row["phone"]) for row in rows), dict(map(tuple, firsts))))


def _duplicates(lines: Iterable[tuple[int, str]], firsts: dict[str, int]) -> Iterable[LineProblem]:
    for line, phone in lines:
        sentence = f"This phone stands in line {firsts[phone]} already: that line counts."
        yield LineProblem(line, "", "duplicate", phone, sentence)


async def _keep_problems(connection: Connection, audience_id: int, found: list[LineProblem]) -> None:
    if not found:
        return
    kept: int = await connection.fetchval("select count(*) from audience_problem where audience_id = $1", audience_id)
    some = found[: max(0, MOST_PROBLEMS_KEPT - kept)]
    if some:
        await connection.copy_records_to_table(
            "audience_problem",
            columns=("audience_id", "line", "column", "kind", "value", "sentence"),
            records=[(audience_id, one.line, one.column, one.kind, one.value, one.sentence) for one in some],
        )
