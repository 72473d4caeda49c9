"""Makes members of an uploaded file's lines, a block a transaction: after any death the next block is read."""

import asyncio

from answerback.domain.audiences.columns import Mapping, mapping_problem
from answerback.domain.audiences.members import read_members
from answerback.domain.templates.slots import BUILT_IN
from answerback.storage.audience_import import begin_import, claim_block, end_import, keep_block
from answerback.storage.audiences import Audience, get_audience, lock_audience
from answerback.storage.connection import Pool
from answerback.usecases.audit import record_setting
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid


async def start_import(
    pool: Pool, audience_id: int, mapping: Mapping, user_id: int
) -> Audience | NotFound | Invalid | Conflict:
    """Wakes the importer; asking again with the same columns changes nothing."""
    async with pool.acquire() as connection, connection.transaction():
        audience = await lock_audience(connection, audience_id)
        if audience is None:
            return NotFound(f"audience {audience_id}")
        if audience.layout is None:
            return Conflict("A saved filter has no file to import.")
        if audience.mapping == mapping:
            return audience
        if audience.state != "uploaded":
            return Conflict("This file was imported with other columns already. Upload it again under another name.")
        problem = mapping_problem(audience.layout, mapping)
        if problem is not None:
            return invalid("mapping", "does not fit the file", problem)
        if own := sorted(set(mapping.values) & set(BUILT_IN)):
            return invalid(
                "mapping.values", f"fills {', '.join(own)}", "The centre fills that itself: rename the slot."
            )
        await begin_import(connection, audience_id, mapping)
        data = {"id": audience_id, "name": audience.name}
        await record_setting(connection, "AudienceImportStarted", user_id, data)
        return await get_audience(connection, audience_id) or NotFound(f"audience {audience_id}")


async def import_block(pool: Pool) -> bool:
    """One block of one list; whether there was anything to do."""
    async with pool.acquire() as connection, connection.transaction():
        block = await claim_block(connection)
        if block is None:
            return False
        if block.content is None:
            await end_import(connection, block.audience_id)
            done = await get_audience(connection, block.audience_id)
            assert done is not None
            counts = {"members": done.members, "duplicates": done.duplicates, "problems": done.problems}
            data = {"id": done.id, "name": done.name, "state": done.state, **counts}
            await record_setting(connection, "AudienceImported", block.created_by, data)
            return True
        text = block.content.decode()
        batch = await asyncio.to_thread(read_members, text, block.line, block.layout, block.mapping)
        await keep_block(connection, block, batch)
        return True
