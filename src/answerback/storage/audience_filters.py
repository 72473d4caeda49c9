"""Whom an audience reaches, as one select: the rows of a list, or a saved filter compiled to parametrised SQL."""

from collections.abc import Iterable
from typing import Final

from answerback.domain.audiences.conditions import (
    AreaCode,
    Condition,
    Consented,
    Country,
    Exchanged,
    Filter,
    Speaks,
    Tagged,
    TextedBy,
)
from answerback.domain.numbers.area_codes import TOLL_FREE
from answerback.domain.numbers.phone import COUNTRY_OF_AREA_CODE
from answerback.storage.audiences import Audience, AudienceMember
from answerback.storage.connection import Database

MEMBERS: Final = 'select place, phone, locale, "values" from audience_member where audience_id = $1'
# A contact gets one text, at the phone it has had longest of those that fit; attributes fill slots of the same name.
CONTACTS: Final = """
select c.id::int as place, p.phone, c.language as locale,
       case when c.attributes = '{{}}' then c.attributes else (
           select coalesce(jsonb_object_agg(a.key, a.value #>> '{{}}'), '{{}}') from jsonb_each(c.attributes) a
           where jsonb_typeof(a.value) in ('string', 'number', 'boolean')) end as "values"
from contact c
cross join lateral (
    select p.phone from contact_phone p
    where p.contact_id = c.id and p.phone like '+%' {phones}
    order by p.created_at, p.phone limit 1
) p
where c.erased_at is null {contacts}
"""
_TEXTED: Final = """
select from conversation v join message m on m.conversation_id = v.id
where v.contact_id = c.id and m.kind = {kind}
"""


def members_query(audience: Audience) -> tuple[str, list[object]]:
    """Columns place, phone, locale, values, in no order; its parameters are $1 and on. Embed it: `from (...) as m`.

    Of a list, what the file said; of a filter, the contacts that fit right now, with their attributes as values.
    """
    if audience.filter is None:
        return MEMBERS, [audience.id]
    return filter_query(audience.filter)


def filter_query(wanted: Filter) -> tuple[str, list[object]]:
    """The same for a filter that is not saved."""
    values: list[object] = []
    phones = [_condition(one, values) for one in wanted.all_of if _is_of_phone(one)]
    contacts = [_condition(one, values) for one in wanted.all_of if not _is_of_phone(one)]
    return CONTACTS.format(phones=_and(phones), contacts=_and(contacts)), values


async def count_members(database: Database, audience: Audience) -> int:
    """How many it reaches right now."""
    if audience.filter is None:
        return audience.members
    return await count_filter(database, audience.filter)


async def count_filter(database: Database, wanted: Filter) -> int:
    query, values = filter_query(wanted)
    found: int = await database.fetchval(f"select count(*) from ({query}) as m", *values)
    return found


async def list_filtered(database: Database, wanted: Filter, after: int, limit: int) -> list[AudienceMember]:
    """In the order of the contacts' ids."""
    query, values = filter_query(wanted)
    at = len(values)
    rows = await database.fetch(
        f"select * from ({query}) as m where place > ${at + 1} order by place limit ${at + 2}", *values, after, limit
    )
    return [AudienceMember(**row) for row in rows]


def _and(conditions: Iterable[str]) -> str:
    return "".join(f" and {condition}" for condition in conditions)


def _is_of_phone(condition: Condition) -> bool:
    return isinstance(condition, AreaCode | Country | Consented)


def _condition(condition: Condition, values: list[object]) -> str:
    """Adds its parameters to `values`."""
    sql = _positive(condition, values)
    turned = isinstance(condition, Tagged | Speaks | AreaCode | Country | TextedBy) and condition.is_not
    return f"not coalesce({sql}, false)" if turned else sql


def _positive(condition: Condition, values: list[object]) -> str:
    match condition:
        case Tagged(any_of=tags):
            return f"c.tags && {_give(values, tags)}::text[]"
        case Speaks(any_of=languages):
            patterns = [one for said in languages for one in (said.lower(), f"{_escaped(said.lower())}-%")]
            return f"lower(c.language) like any ({_give(values, patterns)}::text[])"
        case AreaCode(any_of=codes):
            return f"(p.phone like '+1%' and substr(p.phone, 3, 3) = any ({_give(values, codes)}::text[]))"
        case Country(any_of=countries):
            codes = [code for code, country in COUNTRY_OF_AREA_CODE.items() if country in countries]
            given = _give(values, [*codes, *(TOLL_FREE if "US" in countries else ())])
            return f"(p.phone like '+1%' and substr(p.phone, 3, 3) = any ({given}::text[]))"
        case TextedBy(campaign_id=campaign_id):
            return f"""exists (
                select from contact_phone k
                join campaign_recipient r on r.phone = k.phone and r.campaign_id = {_give(values, campaign_id)}::bigint
                where k.contact_id = c.id and r.state = 'queued'
            )"""
        case Exchanged():
            return _exchanged(condition, values)
        case Consented(purpose=purpose):
            return f"""coalesce((
                select e.choice = 'opt_in' from consent_entry e
                where e.phone = p.phone and e.choice <> 'pending'
                  and e.purpose in ('all', {_give(values, purpose)}::text)
                order by e.at desc, e.id desc limit 1
            ), false)"""


def _exchanged(condition: Exchanged, values: list[object]) -> str:
    texts = _TEXTED.format(kind=f"{_give(values, condition.direction)}::text")
    if condition.when == "never":
        return f"not exists ({texts})"
    since = f"exists ({texts} and m.created_at >= {_give(values, condition.at)}::timestamptz)"
    return since if condition.when == "since" else f"(exists ({texts}) and not {since})"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _give(values: list[object], value: object) -> str:
    values.append(value)
    return f"${len(values)}"
