"""What a campaign looks out for while it runs: what became of its latest texts, and room at the replies' queue."""

from answerback.domain.campaigns.pacing import ReplyDesk
from answerback.domain.campaigns.watch import Seen
from answerback.storage.connection import Connection, Database

LATEST = 2000
"""Texts that are judged together: what carriers do now counts, not what they did at the beginning."""


async def look_at_latest(database: Database, campaign_id: int) -> Seen:
    """Of its latest texts that have left, since it was last resumed."""
    row = await database.fetchrow(
        """
        select count(*)::int as texts,
               (count(*) filter (where failed and error_class = 'filtered'))::int as filtered,
               (count(*) filter (where (failed and error_class = 'opted_out') or opted_out))::int as opted_out,
               (count(*) filter (where failed and error_class not in ('filtered', 'opted_out')))::int as failed
        from (
            select m.status in ('failed', 'undelivered') as failed, coalesce(m.error_class, '') as error_class,
                   exists (select from consent_entry e where e.phone = r.phone and e.choice = 'opt_out'
                           and e.at >= r.settled_at) as opted_out
            from (
                select q.message_id, q.phone, q.settled_at
                from campaign_recipient q join campaign c on c.id = q.campaign_id
                where q.campaign_id = $1 and q.state = 'queued' and q.settled_at >= c.watched_from
                order by q.message_id desc limit $2) r
            join message m on m.id = r.message_id
            where m.status not in ('queued', 'sending', 'scheduled')) latest
        """,
        campaign_id,
        LATEST,
    )
    assert row is not None
    return Seen(**row)


async def running_campaigns(database: Database) -> list[int]:
    rows = await database.fetch("select id from campaign where state = 'running' order by id")
    return [row["id"] for row in rows]


async def reply_desk(connection: Connection, number_id: int) -> ReplyDesk:
    """The queue of the number's workstream, in conversations: members who are there, and campaign texts of the last
    quarter of an hour that nobody has answered."""
    row = await connection.fetchrow(
        """
        select coalesce((
            select sum(greatest(u.capacity_units - coalesce(load.units, 0), 0) / greatest(w.units, 1))
            from queue_member q join app_user u on u.id = q.user_id and u.active
            join agent_status s on s.user_id = u.id and s.presence = 'available'
            left join lateral (
                select sum(x.units) as units from conversation c join workstream x on x.id = c.workstream_id
                where c.agent_id = u.id and (c.state in ('offered', 'active')
                      or (c.state = 'wrap_up' and c.capacity_until is not null))) load on true
            where q.queue_id = w.queue_id and exists (select from agent_connection k where k.user_id = u.id)
        ), 0)::int as free,
        (select count(*) from conversation c where c.queue_id = w.queue_id and c.state = 'open')::int as waiting,
        (select count(*) from campaign_recipient r join message m on m.id = r.message_id
         join conversation c on c.id = m.conversation_id
         where r.campaign_id in (select id from campaign where state = 'running') and r.number_id = n.id
           and r.state = 'queued' and r.settled_at > now() - interval '15 minutes'
           and (c.last_inbound_at is null or c.last_inbound_at < r.settled_at))::int as unanswered
        from number n join workstream w on w.id = n.workstream_id where n.id = $1
        """,
        number_id,
    )
    assert row is not None
    return ReplyDesk(**row)


async def others_at(database: Database, number_id: int, campaign_id: int) -> int:
    """How many other campaigns run from this number now."""
    others: int = await database.fetchval(
        """
        select count(*)::int from campaign c join campaign_number n on n.campaign_id = c.id
        where n.number_id = $1 and c.state = 'running' and c.id <> $2
        """,
        number_id,
        campaign_id,
    )
    return others
