"""Who may call what: the roles and the token scopes as tables, asked over the whole API."""

import re
from typing import Any

import httpx
import pytest

from answerback.domain.access.permissions import Permission, Scope, permissions_of, scope_lets
from answerback.web.api.app import make_api
from answerback.web.api.services import Services
from tests.api.people import MakePerson

# method and path, and the roles that get further than the door
TABLE: list[tuple[str, str, str]] = [
    ("GET", "/desk", "agent supervisor administrator"),
    ("GET", "/agents", "agent supervisor administrator"),
    ("PUT", "/me/presence", "agent supervisor administrator"),
    ("GET", "/conversations", "agent supervisor administrator"),
    ("GET", "/conversations/1", "agent supervisor administrator"),
    ("POST", "/conversations", "administrator"),
    ("POST", "/send-checks", "agent supervisor administrator"),
    ("PATCH", "/sending-rules", "administrator"),
    ("POST", "/brands", "administrator"),
    ("POST", "/consent/requests", "agent supervisor administrator"),
    ("GET", "/consent/export", "administrator"),
    ("POST", "/conversations/1/messages", "agent supervisor administrator"),
    ("POST", "/conversations/1/pick", "agent supervisor administrator"),
    ("POST", "/offers/1/accept", "agent supervisor administrator"),
    ("GET", "/outbound-configurations", "supervisor administrator"),
    ("POST", "/outbound-messages", "supervisor administrator"),
    ("GET", "/campaigns", "supervisor administrator"),
    ("POST", "/campaigns", "supervisor administrator"),
    ("POST", "/campaigns/1/start", "supervisor administrator"),
    ("GET", "/campaigns/1/export", "supervisor administrator"),
    ("POST", "/triggers/message.received", "supervisor administrator"),
    ("GET", "/contacts", "agent supervisor administrator"),
    ("PATCH", "/contacts/1", "agent supervisor administrator"),
    ("GET", "/consent", "agent supervisor administrator"),
    ("GET", "/blocked-phones", "supervisor administrator"),
    ("POST", "/blocked-phones", "supervisor administrator"),
    ("GET", "/queues", "agent supervisor administrator"),
    ("GET", "/numbers", "supervisor administrator"),
    ("GET", "/workstreams", "supervisor administrator"),
    ("POST", "/queues", "administrator"),
    ("PUT", "/queues/1/members", "administrator"),
    ("PATCH", "/workstreams/1", "administrator"),
    ("DELETE", "/numbers/1", "administrator"),
    ("POST", "/numbers/1/connect", "administrator"),
    ("GET", "/provider-accounts", "administrator"),
    ("POST", "/provider-accounts/check", "administrator"),
    ("GET", "/users", "administrator"),
    ("PATCH", "/users/1", "administrator"),
    ("GET", "/tokens", "administrator"),
    ("POST", "/tokens", "administrator"),
    ("GET", "/events", "administrator"),
    ("GET", "/setup", "administrator"),
    ("GET", "/kept-webhooks", "administrator"),
    ("POST", "/kept-webhooks/1/replay", "administrator"),
    ("GET", "/evidence", "administrator"),
    ("POST", "/contacts/1/erasure", "administrator"),
]


@pytest.mark.parametrize("role", ["agent", "supervisor", "administrator"])
async def test_each_role_gets_as_far_as_its_permissions(person: MakePerson, role: str) -> None:
    client = (await person(role)).client
    for method, path, roles in TABLE:
        answer = await client.request(method, f"/api/v1{path}")
        if role in roles.split():
            assert answer.status_code not in (401, 403), f"{method} {path} as {role}: {answer.text}"
        else:
            assert answer.status_code == 403, f"{method} {path} as {role}: {answer.status_code}"
            assert role in answer.json()["detail"]


async def test_nobody_gets_anywhere_without_signing_in(anyone: httpx.AsyncClient) -> None:
    for method, path, _ in TABLE:
        answer = await anyone.request(method, f"/api/v1{path}")
        assert answer.status_code == 401
        assert answer.json()["type"].endswith("/unauthenticated")
    for wrong in ("Bearer ab_guess", "Bearer", "Basic YWJj", "bearer  ", "ab_guess"):
        assert (await anyone.get("/api/v1/desk", headers={"Authorization": wrong})).status_code == 401


def test_every_route_says_to_whom_it_opens(services: Services) -> None:
    app = make_api(services)
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if handler.http_methods == {"OPTIONS"} or route.path.startswith("/api/docs"):
                continue
            access = handler.opt.get("access")
            open_path = bool(re.search(r"openapi|connector|called|session|me/password|me/call-address", route.path))
            assert isinstance(access, Permission) or open_path, route.path


@pytest.mark.parametrize("permission", [Permission.START_CONVERSATION, Permission.CALL_CUSTOMERS])
def test_starting_a_conversation_and_calling_come_by_role_to_administrators_only(permission: Permission) -> None:
    assert [permission in permissions_of(role) for role in ("agent", "supervisor")] == [False, False]
    assert permission in permissions_of("administrator")
    assert permission in permissions_of("agent", [permission.value])


def test_only_what_is_grantable_can_be_granted() -> None:
    everything = [permission.value for permission in Permission]
    granted = permissions_of("agent", everything) - permissions_of("agent")
    assert granted == {Permission.START_CONVERSATION, Permission.CALL_CUSTOMERS}


@pytest.mark.parametrize(
    ("scopes", "permission", "safe", "lets"),
    [
        ([], Permission.MANAGE_USERS, False, True),
        ([Scope.ADMIN], Permission.MANAGE_USERS, False, True),
        ([Scope.ADMIN], Permission.SEND_TEXTS, False, True),
        ([Scope.READ], Permission.USE_DESK, True, True),
        ([Scope.READ], Permission.USE_DESK, False, False),
        ([Scope.READ], Permission.MANAGE_USERS, True, False),
        ([Scope.WRITE], Permission.EDIT_CONTACTS, False, True),
        ([Scope.WRITE], Permission.VIEW_CONTACTS, True, True),
        ([Scope.WRITE], Permission.SEND_TEXTS, False, False),
        ([Scope.WRITE], Permission.MANAGE_SETTINGS, False, False),
        ([Scope.SEND], Permission.SEND_TEXTS, False, True),
        ([Scope.SEND], Permission.START_CONVERSATION, False, True),
        ([Scope.SEND], Permission.VIEW_CONTACTS, True, False),
        ([Scope.SEND, Scope.READ], Permission.VIEW_CONTACTS, True, True),
    ],
)
def test_a_scope_lets_through_what_it_names(
    scopes: list[Scope], permission: Permission, safe: bool, lets: bool
) -> None:
    assert scope_lets(frozenset(scopes), permission, safe=safe) is lets


async def test_a_token_never_does_more_than_its_users_role(person: MakePerson) -> None:
    agent = await person("agent", scopes=["admin"])
    assert (await agent.client.get("/api/v1/users")).status_code == 403
    reader: Any = await person("administrator", scopes=["read"])
    assert (await reader.client.get("/api/v1/contacts")).status_code == 200
    refused = await reader.client.post("/api/v1/contacts", json={"phones": ["+14155550123"]})
    assert refused.status_code == 403
    assert "read" in refused.json()["detail"]
