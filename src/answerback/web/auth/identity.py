"""Who a call comes from, once proven."""

from dataclasses import dataclass
from typing import Literal

from answerback.domain.access.permissions import Permission, permissions_of, scope_lets


@dataclass(frozen=True, slots=True)
class Identity:
    """A proven user. `scopes` limit a token; empty means whatever the role may do, and what the
    person was granted besides."""

    user_id: int
    name: str
    role: str
    via: Literal["session", "token"]
    scopes: frozenset[str] = frozenset()
    csrf_token: str = ""
    session_hash: bytes | None = None
    granted: tuple[str, ...] = ()

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.role, self.granted)

    def may(self, permission: Permission | None, *, safe: bool = True) -> bool:
        """Role and scopes both allow it; `safe` means the call changes nothing."""
        granted = permission is None or permission in self.permissions
        return granted and scope_lets(self.scopes, permission, safe=safe)
