"""Preview: exact texts, parts, price and refusals of a campaign, counted by a real server process."""

import time
from typing import Any, Final

from answerback.cli.bench.audience import AREAS, ASKED_MEGABYTES, open_desk
from answerback.cli.bench.processor_time import ProcessorTime
from answerback.cli.bench.stage import Stage

ASKED: Final = 60
PRICE: Final = "0.0079"
MEMBERS: Final = """
insert into audience_member (audience_id, place, phone, locale, "values")
select $1, i, '+1' || ($2::text[])[1 + i % cardinality($2::text[])]
           || lpad((2000000 + (i / cardinality($2::text[])) * 2399 % 7999999)::text, 7, '0'),
       case when i % 5 = 0 then 'es' else 'en-US' end,
       case when i % 50 = 7 then jsonb_build_object('first_name', 'Ana ' || i % 5000)
            else jsonb_build_object('first_name', 'Ana ' || i % 5000, 'order', 'B-' || i) end
from generate_series(0, $3 - 1) i
"""
KNOWN: Final = (
    """
    with person as (
        insert into contact (name, language, attributes)
        select 'Customer ' || place, 'en', '{}' from audience_member where place % 2 = 0 returning id, name
    )
    insert into contact_phone (phone, contact_id)
    select m.phone, p.id from person p join audience_member m on m.place = substr(p.name, 10)::int
    """,
    """
    insert into consent_entry (phone, choice, source, words, at)
    select phone, 'opt_in', 'form', 'Yes', now() - interval '1 year' from audience_member
    """,
    """
    insert into consent_entry (phone, choice, source, words)
    select phone, 'opt_out', 'keyword', 'STOP' from audience_member where place % 100 = 11
    """,
    "insert into blocked_phone (phone) select phone from audience_member where place % 1000 = 13",
)


async def measure_preview(stage: Stage, number_id: int, recipients: int) -> dict[str, Any]:
    """Of a list in two languages; half are contacts, all have agreed, and some of each kind are refused."""
    await stage.pool.execute("update number set price_per_part = $1::text::numeric", PRICE)
    list_id: int = await stage.pool.fetchval(
        "insert into audience (name, kind, members) values ('Bench', 'list', $1) returning id", recipients
    )
    await stage.pool.execute(MEMBERS, list_id, AREAS, recipients, timeout=600)
    for statement in KNOWN:
        await stage.pool.execute(statement, timeout=600)
    for table in ("audience_member", "contact", "contact_phone", "consent_entry", "blocked_phone"):
        await stage.pool.execute(f"vacuum analyze {table}", timeout=600)
    async with open_desk(stage) as desk:
        campaign = await desk.campaign(list_id, number_id)
        processor, started = ProcessorTime(stage, desk.pid), time.perf_counter()
        await desk.ask("POST", f"{campaign}/preview")
        result = (await desk.until(f"{campaign}/preview", "done"))["result"]
        seconds = time.perf_counter() - started
        used, peak = processor.per_text(recipients), desk.peak_megabytes()
    found = {one["reason"]: one["recipients"] for one in result["reasons"] if not one["later"]}
    return {
        "recipients": recipients,
        "seconds": round(seconds, 1),
        "per_recipient": used,
        "peak_megabytes": peak,
        "texts": result["texts"],
        "parts": result["parts"],
        "prices": result["prices"],
        "refused": found,
        "exact": _expected(recipients) == (result["texts"], result["parts"], found),
        "limit": {"seconds": ASKED, "megabytes": ASKED_MEGABYTES},
        "within": seconds < ASKED and (peak is None or peak < ASKED_MEGABYTES),
    }


def _expected(recipients: int) -> tuple[int, int, dict[str, int]]:
    """Texts, parts and refusals by construction: the Spanish words take two parts, for the á."""
    refused = {
        "template": len(range(7, recipients, 50)),
        "opted_out": len(range(11, recipients, 100)),
        "blocked": len(range(13, recipients, 1000)),
    }
    texts = recipients - sum(refused.values())
    return texts, texts + len(range(0, recipients, 5)), {reason: count for reason, count in refused.items() if count}
