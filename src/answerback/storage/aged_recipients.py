"""Takes out by age what files said of people: values of recipients of campaigns that have ended, and members of lists
that nothing has used for so long. What a legal hold protects stays."""

from typing import Final

from answerback.domain.consent.suppression import ERASED_PHONE
from answerback.storage.audiences import NAMED_BY_FLOW
from answerback.storage.connection import Connection

BATCH: Final = 2000
OLD: Final = "< now() - make_interval(days => $1)"
FREE: Final = """
not exists (select from contact_phone p join legal_hold h on h.contact_id = p.contact_id
            where p.phone = {phone} and h.released_at is null)
"""
CAMPAIGNS: Final = f"select c.id, c.cleared_to from campaign c where c.ended_at {OLD} and c.cleared_to is not null"
LISTS: Final = f"""
select a.id, a.cleared_to from audience a
where a.kind = 'list' and a.state in ('ready', 'failed') and a.cleared_to is not null
  and coalesce(a.ready_at, a.created_at) {OLD}
  and not exists (select from campaign c
                  where c.audience_id = a.id and (c.ended_at is null or not c.ended_at {OLD}))
  and not exists (select from flow_occurrence o where o.audience_id = a.id and not o.at {OLD})
  and not exists ({NAMED_BY_FLOW.format(audience="a.id")})
"""
COUNT: Final = f"""
select r.place from ({CAMPAIGNS}) c join campaign_recipient r on r.campaign_id = c.id and r.place > c.cleared_to
where {FREE.format(phone="r.phone")}
union all
select m.place from ({LISTS}) a join audience_member m on m.audience_id = a.id and m.place > a.cleared_to
where {FREE.format(phone="m.phone")}
"""
# The phones of those who were texted stand with their conversations too, and stay.
CLEAR_CAMPAIGN: Final = f"""
with one as ({CAMPAIGNS} order by c.id limit 1), batch as (
    select r.campaign_id, r.place from one
    join campaign_recipient r on r.campaign_id = one.id and r.place > one.cleared_to order by r.place limit {BATCH}
), gone as (
    update campaign_recipient r
    set "values" = '{{}}', locale = null, sentence = '',
        phone = case when r.message_id is null then '{ERASED_PHONE} ' || r.place else r.phone end
    from batch b where r.campaign_id = b.campaign_id and r.place = b.place and {FREE.format(phone="r.phone")}
    returning 1
), moved as (
    update campaign c set cleared_to = (select case when count(*) = {BATCH} then max(place) end from batch)
    from one where c.id = one.id
)
select (select count(*) from gone)::int as removed, exists (select from one) as more
"""
CLEAR_LIST: Final = f"""
with one as ({LISTS} order by a.id limit 1), batch as (
    select m.audience_id, m.place from one
    join audience_member m on m.audience_id = one.id and m.place > one.cleared_to order by m.place limit {BATCH}
), gone as (
    delete from audience_member m using batch b
    where m.audience_id = b.audience_id and m.place = b.place and {FREE.format(phone="m.phone")}
    returning 1
), lines as (
    delete from audience_problem p using one where p.audience_id = one.id
), moved as (
    update audience a
    set cleared_to = (select case when count(*) = {BATCH} then max(place) end from batch), archived = true,
        members = a.members - (select count(*) from gone)
    from one where a.id = one.id
)
select (select count(*) from gone)::int as removed, exists (select from one) as more
"""


async def clear_recipients(connection: Connection, days: int) -> tuple[int, bool]:
    """A batch of each: of how many something went, and whether there may be more."""
    found = [await connection.fetchrow(statement, days) for statement in (CLEAR_CAMPAIGN, CLEAR_LIST)]
    return sum(row["removed"] for row in found if row), any(row["more"] for row in found if row)


async def clear_anew(connection: Connection) -> None:
    """For something that was held may be free now."""
    for table in ("campaign", "audience"):
        await connection.execute(f"update {table} set cleared_to = -1 where cleared_to is distinct from -1")
