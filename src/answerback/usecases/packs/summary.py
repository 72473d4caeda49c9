"""The page of a pack that people read first: plain HTML without scripts, complete in itself."""

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Final

from answerback.storage.consent_pages import ConsentEntry
from answerback.storage.packs import PackedText
from answerback.usecases.consent_states import PurposeState

STYLE: Final = """
body { font: 14px/1.45 system-ui, sans-serif; margin: 32px auto; max-width: 1100px; padding: 0 16px; color: #1b1f24 }
h1 { font-size: 20px } h2 { font-size: 16px; margin-top: 32px } p.small { color: #57606a }
table { border-collapse: collapse; width: 100% } td, th { border-top: 1px solid #d0d7de; padding: 6px 8px;
text-align: left; vertical-align: top } th { font-weight: 600 } td.words { white-space: pre-wrap; max-width: 420px }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """Whom it is about, and who had it made when."""

    title: str
    phones: list[str]
    made_by: str
    made_at: datetime


async def summary(
    heading: Heading,
    states: Sequence[tuple[str, str, PurposeState]],
    ledger: AsyncIterable[list[ConsentEntry]],
    texts: AsyncIterable[list[PackedText]],
) -> AsyncIterator[str]:
    """Piece by piece. `states` are (customer's phone, our number, where it stands for one purpose)."""
    yield _head(heading)
    rows = (_row(phone, number, state.purpose, state.standing, state.sentence) for phone, number, state in states)
    yield _table("Where they stand now", ("Customer", "Our number", "Purpose", "Standing", "Why"), rows)
    yield _open_table(
        "Consent ledger, newest first",
        ("Said at", "Written down", "Customer", "About", "Purpose", "Choice", "Source", "Words", "Proof"),
    )
    async for entries in ledger:
        yield "".join(map(_entry, entries))
    yield _CLOSE
    yield _open_table(
        "Texts, conversation by conversation",
        ("At", "Direction", "From", "To", "Words", "Status", "Sent", "Delivered", "What the send gate said"),
    )
    async for page in texts:
        yield "".join(map(_text, page))
    yield _CLOSE + _FOOT


_CLOSE: Final = "</tbody></table>\n"
_FOOT: Final = """<h2>How to read this</h2>
<p>All times are UTC. The same facts stand in the files with the ending .jsonl, one JSON object a line, with ids of the
provider. A text's decision names the rule, its source and the version of the rules by which it was let go or refused.
The ledger only grows: lines are added, never changed.</p>
<p>manifest.sha256 holds the SHA-256 of every file: <code>sha256sum --check manifest.sha256</code> shows that none was
changed. To show when the pack was made, keep the SHA-256 of the pack itself where others can see its date.</p>
</body></html>
"""


def _head(heading: Heading) -> str:
    phones = ", ".join(heading.phones) or "no phone"
    made = f"Made on {_time(heading.made_at)} by {heading.made_by}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(heading.title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(heading.title)}: {escape(phones)}</h1>"
        f'<p class="small">{escape(made)}</p>\n'
    )


def _entry(entry: ConsentEntry) -> str:
    proof = "; ".join(f"{name}: {value}" for name, value in entry.proof.items())
    about = entry.number or entry.brand or "all our numbers"
    source = f"{entry.source} ({entry.user_name})" if entry.user_name else entry.source
    return _row(
        _time(entry.at), _time(entry.recorded_at), entry.phone, about, entry.purpose, entry.choice, source,
        entry.words, proof,
    )  # fmt: skip


def _text(text: PackedText) -> str:
    ways = (text.phone, text.number) if text.kind == "inbound" else (text.number, text.phone)
    direction = {"inbound": "from the customer", "note": "note, not sent"}.get(text.kind, f"by {text.author or 'us'}")
    status = " ".join(filter(None, (text.status, text.error_code)))
    words = text.body if text.removed_at is None else f"[removed on {_time(text.removed_at)}]"
    words += "".join(f"\n[file {file.id}: {file.content_type}]" for file in text.files)
    return _row(
        _time(text.said_at or text.created_at), direction, *ways, words, status, _time(text.sent_at),
        _time(text.delivered_at), _said(text),
    )  # fmt: skip


def _said(text: PackedText) -> str:
    decision = text.decision or {}
    verdict = str(decision.get("verdict", ""))
    facts = [f"{name}: {decision[name]}" for name in ("about", "rule", "source", "rules") if decision.get(name)]
    exempt = decision.get("exemptions") or []
    facts += [f"exempt from {', '.join(map(str, exempt))}"] if exempt else []
    return "; ".join([verdict, *facts]) if verdict else ""


def _table(title: str, columns: Sequence[str], rows: Iterable[str]) -> str:
    return _open_table(title, columns) + "".join(rows) + _CLOSE


def _open_table(title: str, columns: Sequence[str]) -> str:
    heads = "".join(f"<th>{escape(column)}</th>" for column in columns)
    return f"<h2>{escape(title)}</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>\n"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f'<td class="words">{escape(cell)}</td>' for cell in cells) + "</tr>\n"


def _time(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if at else ""
