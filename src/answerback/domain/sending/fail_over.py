"""Which failures another number of ours may mend: those that are the sender's fault, and certainly sent nothing."""

from enum import StrEnum
from typing import Final

from answerback.domain.sending.failure import FailureClass


class Detour(StrEnum):
    """Why a text left from another number than its conversation's."""

    HELD_BACK = "held_back"
    FAILED = "failed"


THE_ACCOUNTS: Final = frozenset({FailureClass.ACCOUNT, FailureClass.PROVIDER_TROUBLE})
"""Only a number of another account can help."""
THE_SENDERS: Final = THE_ACCOUNTS | {FailureClass.SENDER, FailureClass.REGISTRATION, FailureClass.THROTTLED}


def mended_elsewhere(error_class: str | None) -> bool:
    """Never what is the recipient's, the text's or the carrier's judgement, and never what is unclear: it may have
    arrived."""
    return error_class in THE_SENDERS


def needs_other_account(error_class: str | None) -> bool:
    return error_class in THE_ACCOUNTS
