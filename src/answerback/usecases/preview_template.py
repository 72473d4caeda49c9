"""What customers would get from a template: words, language and parts for each, or why it cannot be written."""

from collections.abc import Mapping, Sequence

import msgspec

from answerback.domain.templates.slots import Slot
from answerback.domain.templates.template import Template, Unwritable, Written, read_template, write, write_sample
from answerback.domain.text.parts import count_parts
from answerback.storage.connection import Database
from answerback.storage.contacts import Contact, get_contact
from answerback.storage.message_templates import MessageTemplate, TemplateVersion, get_template
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid


class PreviewProblem(msgspec.Struct, frozen=True):
    """One value that stands in the way; `slot` is empty where it is the whole text."""

    slot: str
    problem: str
    way_out: str


class Preview(msgspec.Struct, frozen=True):
    """One text as it would leave."""

    contact_id: int | None
    locale: str
    body: str | None
    parts: int
    encoding: str | None
    problems: list[PreviewProblem]


def open_version(version: TemplateVersion) -> Template:
    """A stored version, read; it was checked when it was written."""
    slots = tuple(Slot(slot.name, slot.kind, slot.sample) for slot in version.slots)
    read = read_template(version.default_locale, version.texts, slots)
    assert isinstance(read, Template), read
    return read


def known_of(contact: Contact | None) -> dict[str, str]:
    """The built-in values that a contact gives."""
    name = contact.name.strip() if contact else ""
    return {"CustomerName": name, "CustomerFirstName": name.split(" ")[0]}


async def preview_template(
    database: Database,
    template_id: int,
    *,
    contact_ids: Sequence[int],
    locale: str | None,
    values: Mapping[str, str],
    draft: bool,
) -> list[Preview] | NotFound | Invalid | Conflict:
    """For each contact in its language, without contacts once in each; with `values`, or else the samples."""
    template = await get_template(database, template_id)
    if template is None:
        return NotFound(f"message template {template_id}")
    version = _wanted(template, draft=draft)
    if version is None:
        return Conflict("This template has no approved version: approve its draft, or preview the draft.")
    opened = open_version(version)
    if not contact_ids:
        locales = [opened.locale_for(locale)] if locale else sorted(opened.patterns)
        return [_show(None, locale, write_sample(opened, locale, values)) for locale in locales]
    given = {slot.name: slot.sample for slot in version.slots} | dict(values)
    previews = []
    for place, contact_id in enumerate(contact_ids):
        contact = await get_contact(database, contact_id)
        if contact is None:
            return invalid(f"contact_ids[{place}]", "is not a contact", "Choose from GET /api/v1/contacts.")
        wanted = locale or contact.language
        written = write(opened, wanted, known_of(contact), given)
        previews.append(_show(contact_id, opened.locale_for(wanted), written))
    return previews


def _wanted(template: MessageTemplate, *, draft: bool) -> TemplateVersion | None:
    return (template.draft or template.approved) if draft else template.approved


def _show(contact_id: int | None, locale: str, written: Written | Unwritable) -> Preview:
    match written:
        case Written(body):
            measured = count_parts(body)
            return Preview(contact_id, locale, body, measured.parts, measured.encoding.value, [])
        case Unwritable(problems):
            listed = [PreviewProblem(name, one.problem, one.way_out) for name, one in problems.items()]
            return Preview(contact_id, locale, None, 0, None, listed)
