"""The Power Automate connector: a public validator and Microsoft's rules for connectors find nothing to mend."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from answerback.cli.connector import write_connector
from answerback.cli.errors import CommandError
from answerback.web.connector.definition import make_definition
from tests.emulator.contract_proxy import MODULES, install_packages

PATH = "/api/v1/connector"
VALIDATE = (
    "require(process.argv[1]).validate(process.argv[2]).catch((bad) => { console.error(bad.message); process.exit(1) })"
)


@pytest.fixture
async def definition(anyone: httpx.AsyncClient) -> dict[str, Any]:
    answer = await anyone.get(f"{PATH}/apiDefinition.swagger.json")
    assert answer.status_code == 200
    made: dict[str, Any] = answer.json()
    return made


def operations(definition: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in definition["paths"].items():
        for method, operation in methods.items():
            if not method.startswith("x-"):
                yield path, operation


def boxes(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that people see, however deep; references stand for what they name."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            if isinstance(inner, dict) and "$ref" not in inner:
                yield name, inner
        for inner in schema.values():
            yield from boxes(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from boxes(inner)


async def test_swagger_parser_finds_no_fault_in_it(definition: dict[str, Any], tmp_path: Path) -> None:
    install_packages()
    file = tmp_path / "apiDefinition.swagger.json"
    file.write_text(json.dumps(definition))
    command = ["node", "-e", VALIDATE, str(MODULES / "@apidevtools" / "swagger-parser"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


async def test_the_validator_would_find_one(definition: dict[str, Any], tmp_path: Path) -> None:
    install_packages()
    definition["paths"]["/consent"]["post"]["parameters"] += [{"name": "body", "in": "nowhere"}]
    file = tmp_path / "apiDefinition.swagger.json"
    file.write_text(json.dumps(definition))
    command = ["node", "-e", VALIDATE, str(MODULES / "@apidevtools" / "swagger-parser"), str(file)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


async def test_titles_and_descriptions_keep_the_rules_for_connectors(definition: dict[str, Any]) -> None:
    info = definition["info"]
    assert len(info["title"]) <= 30
    assert 30 <= len(info["description"]) <= 500
    for word in ("API", "Power Automate", "Power Apps"):
        assert word not in info["title"] + info["description"]
    names = []
    for path, operation in operations(definition):
        names.append(operation["operationId"])
        assert re.fullmatch(r"([A-Z][a-z]+)+", operation["operationId"]), operation["operationId"]
        summary, description = operation["summary"], operation["description"]
        assert re.fullmatch(r"[A-Z][^/]{0,78}[A-Za-z0-9]", summary), summary
        assert description.endswith(".")
        assert description != summary
        assert operation.get("x-ms-visibility", "important") in ("important", "advanced", "internal"), path
        assert any(status.startswith("2") for status in operation["responses"])
    assert len(set(names)) == len(names)


async def test_every_box_has_a_title_and_every_parameter_a_hint(definition: dict[str, Any]) -> None:
    for _, operation in operations(definition):
        for parameter in operation["parameters"]:
            if parameter["in"] != "body":
                assert parameter["x-ms-summary"]
                assert parameter["description"].endswith(".")
            if parameter["in"] == "path":
                assert parameter["x-ms-url-encoding"] == "single"
            if parameter.get("x-ms-visibility") == "internal" and parameter["required"]:
                assert "default" in parameter or parameter["in"] == "body"
    for name, box in boxes(definition["definitions"]):
        assert re.fullmatch(r"[A-Z0-9].{0,79}", box["x-ms-summary"]), name
    asked = (
        "OutboundOrder",
        "OutboundItem",
        "GivenConsent",
        "ContactFacts",
        "ConsentDraft",
        "Wishes",
        "RunWish",
        "Proof",
    )
    for shape in asked:
        for name, box in definition["definitions"][shape]["properties"].items():
            assert "$ref" in box or box["description"].endswith("."), (shape, name)


async def test_triggers_subscribe_as_webhook_triggers_do(definition: dict[str, Any]) -> None:
    triggers = [(path, one) for path, one in operations(definition) if "x-ms-trigger" in one]
    assert {one["operationId"] for _, one in triggers} == {
        "WhenMessageReceived", "WhenConversationClosed", "WhenDeliveryFailed", "WhenOptedOut", "WhenOutboundSettled",
    }  # fmt: skip
    for path, one in triggers:
        assert one["x-ms-trigger"] == "single"
        assert one["x-ms-trigger-hint"].endswith(".")
        content = definition["paths"][path]["x-ms-notification-content"]
        assert content["description"]
        assert {"type", "timestamp", "data"} == content["schema"]["properties"].keys()
        [body] = one["parameters"]
        marked = [box for box in body["schema"]["properties"].values() if box.get("x-ms-notification-url")]
        assert [box["x-ms-visibility"] for box in marked] == ["internal"]
        assert "Location" in one["responses"]["201"]["headers"]
    [ending] = [one for _, one in operations(definition) if one["operationId"] == "Unsubscribe"]
    assert ending["x-ms-visibility"] == "internal"


async def test_lists_are_filled_by_calls_that_exist(definition: dict[str, Any]) -> None:
    known = {one["operationId"]: one for _, one in operations(definition)}
    marked = json.dumps(definition)
    for name in re.findall(r'"x-ms-dynamic-values": \{"operationId": "(\w+)"', marked):
        listed = known[name]["responses"]["200"]["schema"]["properties"]["items"]["items"]["properties"]
        assert listed.keys() == {"id", "name"}
        assert known[name]["x-ms-visibility"] == "internal"


async def test_properties_ask_for_a_token_and_know_a_colour(anyone: httpx.AsyncClient) -> None:
    properties = (await anyone.get(f"{PATH}/apiProperties.json")).json()["properties"]
    assert re.fullmatch(r"#[0-9A-F]{6}", properties["iconBrandColor"])
    [(name, parameter)] = properties["connectionParameters"].items()
    assert (name, parameter["type"]) == ("api_key", "securestring")
    assert "Bearer" in parameter["uiDefinition"]["description"]


async def test_it_leads_to_this_centre_also_below_a_path(definition: dict[str, Any], admin: httpx.AsyncClient) -> None:
    assert (definition["schemes"], definition["host"], definition["basePath"]) == (["http"], "centre.test", "/api/v1")
    description = (await admin.get("/api/v1/openapi.json")).json()
    below = make_definition(description, "https://texts.example.org/sms")
    assert (below["host"], below["basePath"]) == ("texts.example.org", "/sms/api/v1")


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_connector(tmp_path / "new", public_url="https://texts.example.org")
    assert len(capsys.readouterr().out.splitlines()) == 2
    written = json.loads((tmp_path / "new" / "apiDefinition.swagger.json").read_text())
    assert written["host"] == "texts.example.org"
    with pytest.raises(CommandError, match="https addresses only"):
        write_connector(tmp_path, public_url="http://texts.example.org")


async def test_a_trigger_may_be_ended_only_by_who_subscribed(person: Any) -> None:
    mine, theirs = (await person("supervisor")).client, (await person("supervisor")).client
    made = await mine.post("/api/v1/triggers/message.received", json={"url": "https://flows.example.org/1"})
    again = await mine.post("/api/v1/triggers/message.received", json={"url": "https://flows.example.org/1"})
    assert (made.status_code, again.json()["id"]) == (201, made.json()["id"])
    assert made.headers["Location"] == f"http://centre.test/api/v1/triggers/{made.json()['id']}"
    assert (await theirs.delete(made.headers["Location"])).status_code == 404
    assert (await mine.delete(made.headers["Location"])).status_code == 204
    unknown = await mine.post("/api/v1/triggers/test", json={"url": "https://flows.example.org/1"})
    assert unknown.status_code == 404
    agent = (await person("agent")).client
    assert (await agent.post("/api/v1/triggers/message.received", json={"url": "https://x.example"})).status_code == 403
