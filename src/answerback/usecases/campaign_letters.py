"""The words of a campaign, opened once: which variant a phone gets, and the text it makes for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from answerback.domain.campaigns.variants import variant_of
from answerback.domain.sending.gate import About
from answerback.domain.templates.template import Template, Unwritable, Written, write
from answerback.storage.campaign_recipients import Recipient
from answerback.storage.campaigns import Campaign
from answerback.storage.connection import Database
from answerback.storage.message_templates import get_template, list_versions
from answerback.usecases.preview_template import open_version

Known = tuple[str, str | None]
"""Name and language of a contact."""
CUSTOMER: Final = frozenset({"CustomerName", "CustomerFirstName"})
NOBODY: Known = ("", None)


@dataclass(frozen=True, slots=True)
class CampaignLetters:
    """By variant: template and its share."""

    campaign_id: int
    about: About
    templates: Sequence[Template]
    shares: Sequence[int]

    def variant_of(self, phone: str) -> int:
        return variant_of(self.campaign_id, phone, self.shares)

    def write(self, one: Recipient, known: Known, variant: int) -> Written | Unwritable:
        """In the recipient's language: of the list, else of the contact. What the list says goes before the contact."""
        name, language = known
        template = self.templates[variant]
        built_in = _built_in(name, one.values) if template.names & CUSTOMER else {}
        return write(template, one.locale or language, built_in, one.values)


def _built_in(name: str, given: Mapping[str, str]) -> dict[str, str]:
    values = {"CustomerName": name, "CustomerFirstName": name.split(" ")[0]}
    return {**values, **{key: given[key] for key in values if given.get(key)}}


async def open_letters(database: Database, campaign: Campaign) -> CampaignLetters:
    """The versions that were fixed when it started, else what is approved now (else what was last written)."""
    templates: list[Template] = []
    for variant in campaign.variants:
        template = await get_template(database, variant.template_id)
        assert template is not None
        version = template.approved
        if version is None or (variant.version is not None and version.version != variant.version):
            versions = {one.version: one for one in await list_versions(database, variant.template_id)}
            version = versions[variant.version if variant.version is not None else max(versions)]
        templates.append(open_version(version))
    shares = [variant.share for variant in campaign.variants]
    return CampaignLetters(campaign.id, About(campaign.purpose), templates, shares)


def why_unwritable(unwritable: Unwritable, *, quoted: bool = True) -> str:
    """One sentence of what is wrong with the values of this one; not `quoted`: without the value, which stands behind
    the colon."""
    name, bad = next(iter(unwritable.problems.items()))
    problem = bad.problem if quoted else bad.problem.partition(": ")[0]
    return f"{name or 'The text'} {problem}. {bad.way_out}"
