"""Runs of flows that are due at the same moment move in one transaction."""

import httpx

from answerback.storage.connection import Pool
from answerback.web.api.services import Services
from tests.api.flowing import begin, flowing, make_flow, make_template, run_of, until


async def test_runs_of_a_batch_move_together_and_one_that_breaks_takes_no_other_with_it(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool
) -> None:
    hello = await make_template(admin, "Hello", "Hello, it is ready.")
    mark = {
        "kind": "set",
        "attributes": {"case": r"trigger.bad ? '\u0000' : trigger.case"},  # no database takes that character
        "add_tags": ["told"],
        "next": "text",
    }
    flow = await make_flow(admin, {"mark": mark, "text": {"kind": "send", "template_id": hello}})
    phones = ["+12125550101", "+12125550102", "+12125550103"]
    [broken] = await begin(admin, flow, phones[0], bad=True, case="A-0")
    rest = await begin(admin, flow, *phones[1:], bad=False, case="A-1")
    again = await begin(admin, flow, phones[1], bad=False, case="A-2")
    async with flowing(services, database_url):
        for run in (broken, *rest, *again):
            await until(admin, flow, run["run_id"], "ended")
    assert (await run_of(admin, flow, broken["run_id"]))["outcome"] == "failed"
    assert {(await run_of(admin, flow, run["run_id"]))["outcome"] for run in (*rest, *again)} == {"done"}
    told = await pool.fetch(
        "select p.phone, t.attributes ->> 'case' as case, t.tags from contact t"
        " join contact_phone p on p.contact_id = t.id order by p.phone"
    )
    assert [tuple(row) for row in told] == [
        (phones[0], None, []),
        (phones[1], "A-2", ["told"]),
        (phones[2], "A-1", ["told"]),
    ]
    texted = await pool.fetch(
        "select c.customer_phone, m.seq, m.origin, o.lane"
        " from message m join conversation c on c.id = m.conversation_id"
        " join outbox o on o.message_id = m.id order by c.customer_phone, m.seq"
    )
    assert [tuple(row) for row in texted] == [
        (phones[1], 1, "flow", 1),
        (phones[1], 2, "flow", 1),
        (phones[2], 1, "flow", 1),
    ]
