"""The files that are given out: evidence about a phone, and all that is known of a contact."""

import hashlib
import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from tests.api.customer import MARK, PHONE, PICTURE, Known, make_known_customer

EVIDENCE = "/api/v1/evidence"


@pytest.fixture
async def customer(admin: httpx.AsyncClient, pool: Pool) -> Known:
    return await make_known_customer(admin, pool)


async def unpacked(admin: httpx.AsyncClient, path: str, **params: Any) -> dict[str, bytes]:
    answer = await admin.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert ".zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


async def test_evidence_holds_the_ledger_the_texts_and_what_the_gate_said(
    admin: httpx.AsyncClient, customer: Known
) -> None:
    files = await unpacked(admin, EVIDENCE, phone="(787) 555-0142")
    ledger = lines(files["consent.jsonl"])
    assert [(one["choice"], one["source"]) for one in ledger] == [("opt_out", "keyword"), ("opt_in", "form")]
    assert ledger[1]["proof"] == {"ip": MARK}
    texts = lines(files["texts.jsonl"])
    assert [one["kind"] for one in texts] == ["inbound", "outbound", "outbound"]
    assert texts[1]["decision"]["rule"] == "reply"
    assert texts[1]["number"] == customer.number["address"]
    assert len(lines(files["calls.jsonl"])) == 1
    assert [one["campaign"] for one in lines(files["campaigns.jsonl"])] == ["Spring"]
    assert PICTURE in files.values()


async def test_the_manifest_names_every_file_with_its_hash(admin: httpx.AsyncClient, customer: Known) -> None:
    files = await unpacked(admin, EVIDENCE, phone=PHONE)
    manifest = files.pop("manifest.sha256").decode()
    assert manifest == "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())


async def test_the_summary_is_for_reading_and_runs_nothing(admin: httpx.AsyncClient, customer: Known) -> None:
    page = (await unpacked(admin, EVIDENCE, phone=PHONE))["summary.html"].decode()
    assert PHONE in page
    assert f"&lt;b&gt;{MARK}&lt;/b&gt;" in page
    assert f"<b>{MARK}" not in page
    assert "rule: reply" in page
    assert "quiet hours" in page


async def test_evidence_may_be_about_one_number_of_ours(admin: httpx.AsyncClient, customer: Known) -> None:
    own = await unpacked(admin, EVIDENCE, phone=PHONE, number_id=customer.number["id"])
    assert len(lines(own["texts.jsonl"])) == 3
    other = await unpacked(admin, EVIDENCE, phone=PHONE, number_id=customer.number["id"] + 1)
    assert lines(other["texts.jsonl"]) == []
    assert (await admin.get(EVIDENCE, params={"phone": PHONE, "number_id": 999})).status_code == 422


async def test_a_phone_that_never_texted_has_evidence_too(admin: httpx.AsyncClient) -> None:
    said = {"phone": "+12125550101", "choice": "opt_in", "words": "On the web form"}
    assert (await admin.post("/api/v1/consent", json=said)).status_code == 201
    files = await unpacked(admin, EVIDENCE, phone="+12125550101")
    assert [one["words"] for one in lines(files["consent.jsonl"])] == ["On the web form"]
    assert lines(files["texts.jsonl"]) == []
    assert (await admin.get(EVIDENCE, params={"phone": "nonsense"})).status_code == 422


async def test_the_export_of_a_contact_holds_all_that_is_known(admin: httpx.AsyncClient, customer: Known) -> None:
    files = await unpacked(admin, f"/api/v1/contacts/{customer.contact}/export")
    contact = json.loads(files["contact.json"])
    assert contact["attributes"] == {"case": MARK}
    assert "note" in {one["kind"] for one in lines(files["texts.jsonl"])}
    assert [one["comment"] for one in lines(files["surveys.jsonl"])] == [MARK]
    assert [one["facts"] for one in lines(files["flow_runs.jsonl"])] == [{"said": MARK}]
    assert [one["regarding_id"] for one in lines(files["outbound_messages.jsonl"])] == [MARK]
    assert len(lines(files["conversations.jsonl"])) == 2
    assert (await admin.get("/api/v1/contacts/999/export")).status_code == 404


async def test_giving_out_is_noted_with_who_and_about_whom(
    admin: httpx.AsyncClient, customer: Known, pool: Pool
) -> None:
    await unpacked(admin, EVIDENCE, phone=PHONE)
    await unpacked(admin, f"/api/v1/contacts/{customer.contact}/export")
    await admin.get("/api/v1/consent/export")
    noted = await pool.fetch(
        "select kind, actor_id, contact_id, data from event where kind like '%Exported' order by id"
    )
    assert [row["kind"] for row in noted] == ["EvidenceExported", "ContactExported", "ConsentExported"]
    assert all(row["actor_id"] for row in noted)
    assert [row["contact_id"] for row in noted] == [customer.contact, customer.contact, None]
    assert PHONE not in str([row["data"] for row in noted])


async def test_long_threads_are_packed_page_by_page(admin: httpx.AsyncClient, customer: Known, pool: Pool) -> None:
    await pool.execute(
        """
        insert into message (conversation_id, seq, kind, origin, body, parts, status, status_rank)
        select $1, 10 + n, 'inbound', 'customer', 'text ' || n, 1, 'received', 0 from generate_series(1, 1200) n
        """,
        customer.closed,
    )
    texts = lines((await unpacked(admin, EVIDENCE, phone=PHONE))["texts.jsonl"])
    assert [one["body"] for one in texts[3:]] == [f"text {n}" for n in range(1, 1201)]
