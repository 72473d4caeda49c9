"""What each role may do, and what each token scope lets through. Data, so that it reads as the table it is."""

from collections.abc import Collection
from enum import StrEnum


class Permission(StrEnum):
    """One thing somebody may or may not do."""

    USE_DESK = "use_desk"  # desk, presence, offers, conversations of one's own queues
    SEND_TEXTS = "send_texts"  # answer in a conversation one may see
    START_CONVERSATION = "start_conversation"  # text a customer who did not write first
    CALL_CUSTOMERS = "call_customers"  # call the customer of a conversation from the number they text with
    VIEW_ALL_CONVERSATIONS = "view_all_conversations"
    MANAGE_CONVERSATIONS = "manage_conversations"  # transfer and close what others hold
    VIEW_CONTACTS = "view_contacts"
    EDIT_CONTACTS = "edit_contacts"
    VIEW_CONSENT = "view_consent"
    RECORD_CONSENT = "record_consent"
    BLOCK_PHONES = "block_phones"
    VIEW_SETTINGS = "view_settings"  # queues, numbers, workstreams, colleagues: names and rules, never secrets
    MANAGE_OUTREACH = "manage_outreach"  # write templates, run campaigns and flows with what is approved
    SEND_OUTREACH = "send_outreach"  # have approved texts sent to many, as other systems do
    APPROVE_TEMPLATES = "approve_templates"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_USERS = "manage_users"
    MANAGE_TOKENS = "manage_tokens"
    VIEW_AUDIT = "view_audit"
    REPAIR_WEBHOOKS = "repair_webhooks"
    READ_RAW = "read_raw"  # what providers said, word for word
    EXPORT_CONTACTS = "export_contacts"  # give out all that is known of a customer, as a file
    HOLD_CONTACTS = "hold_contacts"  # keep what is known of a customer from being erased
    ERASE_CONTACTS = "erase_contacts"
    REVEAL_MASKED = "reveal_masked"  # see what masks cover, one text at a time


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
    Permission.MANAGE_OUTREACH,
    Permission.SEND_OUTREACH,
    Permission.REVEAL_MASKED,
}
GRANTS: dict[str, frozenset[Permission]] = {
    "agent": AGENT,
    "supervisor": SUPERVISOR,
    "administrator": frozenset(Permission),
}
GRANTABLE = frozenset({Permission.START_CONVERSATION, Permission.CALL_CUSTOMERS})
"""What one person may be given beyond their role."""
ADMINISTRATION = frozenset(Permission) - SUPERVISOR - GRANTABLE
SENDING = GRANTABLE | {Permission.SEND_TEXTS, Permission.SEND_OUTREACH}


def permissions_of(role: str, granted: Collection[str] = ()) -> frozenset[Permission]:
    """The role's, and those the person was given besides; only what is grantable counts."""
    return GRANTS[role] | {permission for permission in GRANTABLE if permission.value in granted}


def scope_lets(scopes: frozenset[str], permission: Permission | None, *, safe: bool) -> bool:
    """Whether a token with these scopes may use `permission`; None stands for things every signed-in user may do.

    No scopes at all, or `admin`, let everything through. Sending and calling need `messages:send`, administration
    `admin`; the rest needs `read` for calls that change nothing and `write` for those that do (`write` reads too).
    """
    if not scopes or Scope.ADMIN in scopes:
        return True
    if permission in ADMINISTRATION:
        return False
    if permission in SENDING and not safe:
        return Scope.SEND in scopes
    return Scope.WRITE in scopes or (safe and Scope.READ in scopes)
