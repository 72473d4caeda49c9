"""What each role may do, and what each token scope lets through. Data, so that it reads as the table it is."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing somebody may or may not do."""

    USE_DESK = "use_desk"  # desk, presence, offers, conversations of one's own queues
    SEND_TEXTS = "send_texts"  # answer in a conversation one may see
    START_CONVERSATION = "start_conversation"  # text a customer who did not write first
    VIEW_ALL_CONVERSATIONS = "view_all_conversations"
    MANAGE_CONVERSATIONS = "manage_conversations"  # transfer and close what others hold
    VIEW_CONTACTS = "view_contacts"
    EDIT_CONTACTS = "edit_contacts"
    VIEW_CONSENT = "view_consent"
    RECORD_CONSENT = "record_consent"
    BLOCK_PHONES = "block_phones"
    VIEW_SETTINGS = "view_settings"  # queues, numbers, workstreams, colleagues: names and rules, never secrets
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_USERS = "manage_users"
    MANAGE_TOKENS = "manage_tokens"
    VIEW_AUDIT = "view_audit"
    REPAIR_WEBHOOKS = "repair_webhooks"


class Scope(StrEnum):
    """What a token is limited to; a token never does more than its user's role."""

    READ = "read"
    WRITE = "write"
    SEND = "messages:send"
    ADMIN = "admin"


AGENT = frozenset(
    {
        Permission.USE_DESK,
        Permission.SEND_TEXTS,
        Permission.VIEW_CONTACTS,
        Permission.EDIT_CONTACTS,
        Permission.VIEW_CONSENT,
        Permission.RECORD_CONSENT,
    }
)
SUPERVISOR = AGENT | {
    Permission.VIEW_ALL_CONVERSATIONS,
    Permission.MANAGE_CONVERSATIONS,
    Permission.BLOCK_PHONES,
    Permission.VIEW_SETTINGS,
}
GRANTS: dict[str, frozenset[Permission]] = {
    "agent": AGENT,
    "supervisor": SUPERVISOR,
    "administrator": frozenset(Permission),
}
ADMINISTRATION = frozenset(Permission) - SUPERVISOR - {Permission.START_CONVERSATION}


def permissions_of(role: str) -> frozenset[Permission]:
    return GRANTS[role]


def scope_lets(scopes: frozenset[str], permission: Permission | None, *, safe: bool) -> bool:
    """Whether a token with these scopes may use `permission`; None stands for things every signed-in user may do.

    No scopes at all, or `admin`, let everything through. Sending needs `messages:send`, administration `admin`;
    the rest needs `read` for calls that change nothing and `write` for those that do (`write` reads too).
    """
    if not scopes or Scope.ADMIN in scopes:
        return True
    if permission in ADMINISTRATION:
        return False
    if permission in (Permission.SEND_TEXTS, Permission.START_CONVERSATION) and not safe:
        return Scope.SEND in scopes
    return Scope.WRITE in scopes or (safe and Scope.READ in scopes)
