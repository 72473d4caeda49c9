"""What the demo needs so that campaigns and flows can be tried at once: approved templates, and consent of most of the
sample's customers."""

import csv
import io
from typing import Any

from answerback.cli.demo_api import Api
from answerback.web.desktop import STATIC

TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "name": "Order ready",
        "purpose": "informational",
        "default_locale": "en",
        "texts": {
            "en": "Hi {first_name}, your order {order} is ready. Pick it up from {pickup_day} on. "
            "Answer this text if you need another day.",
            "es": "Hola {first_name}, ya puede recoger su pedido {order} a partir del {pickup_day}. "
            "Responda a este mensaje si prefiere otra fecha.",
        },
        "slots": [
            {"name": "first_name", "kind": "text", "sample": "Maria"},
            {"name": "order", "kind": "text", "sample": "A-2000"},
            {"name": "pickup_day", "kind": "date", "sample": "2026-12-01"},
        ],
    },
    {
        "name": "Case created",
        "purpose": "informational",
        "default_locale": "en",
        "texts": {
            "en": "We opened case {case} for you. Answer 1 if it is urgent, 2 if it can wait.",
            "es": "Abrimos el caso {case} para usted. Responda 1 si es urgente, 2 si puede esperar.",
        },
        "slots": [{"name": "case", "kind": "text", "sample": "C-1042"}],
    },
)
AGREED_AT = "2026-01-31T15:00:00Z"
ONE_IN = 25
"""Every so many of the sample's customers have not agreed: a preview has something to refuse."""


async def offer_outreach(api: Api) -> None:
    """Once, told by the templates: what an administrator changes or removes later stays so."""
    known = {one["name"] for one in (await api.get("/message-templates?archived=true"))["items"]}
    if known & {one["name"] for one in TEMPLATES}:
        return
    for template in TEMPLATES:
        made = await api.post("/message-templates", template)
        await api.post(f"/message-templates/{made['id']}/decision", {"decision": "approved", "version": 1})
    sample = STATIC / "spring-customers.csv"
    if sample.is_file():
        await api.upload("/consent/import", "agreed.csv", _agreed(sample.read_text()))


def _agreed(sample: str) -> str:
    """The sample's phones as a file of consent."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(("phone", "choice", "at", "words"))
    phones = [line[0] for line in csv.reader(io.StringIO(sample))][1:]
    agreed = [phone for place, phone in enumerate(phones, start=1) if place % ONE_IN]
    lines.writerows((phone, "opt_in", AGREED_AT, "Yes, text me when my order is ready") for phone in agreed)
    return written.getvalue()
