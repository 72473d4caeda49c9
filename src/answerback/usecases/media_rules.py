"""Which files may come in with a customer's text or go out with ours: kinds and size, as data.

Source: https://www.twilio.com/docs/messaging/guides/accepted-mime-types; without kinds that a browser would run.
"""

from collections.abc import Set
from typing import Final

LARGEST_BYTES: Final = 5 * 1024 * 1024
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "image": ("jpeg", "jpg", "gif", "png", "bmp", "tiff", "webp", "heic", "heif"),
    "audio": ("basic", "l24", "mp4", "mpeg", "ogg", "vorbis", "vnd.rn-realaudio", "vnd.wave", "x-wav", "wav", "3gpp",
              "3gpp2", "ac3", "webm", "amr-nb", "amr", "aac"),
    "video": ("mpeg", "mp4", "quicktime", "webm", "3gpp", "3gpp2", "3gpp-tt", "h261", "h263", "h263-1998",
              "h263-2000", "h264", "h265"),
    "text": ("vcard", "x-vcard", "csv", "rtf", "richtext", "calendar", "directory", "plain"),
    "application": ("pdf", "vcard", "vnd.apple.pkpass"),
}  # fmt: skip
ALLOWED_TYPES: Final = frozenset(f"{family}/{kind}" for family, kinds in KINDS.items() for kind in kinds)
KIND_NAMES: Final = {"image": "pictures", "audio": "sound", "video": "videos", "file": "files"}
UNKNOWN_TYPE: Final = "application/octet-stream"


def plain_type(content_type: str) -> str:
    """Without parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def why_not_taken(content_type: str, receives: Set[str]) -> str | None:
    """Why a workstream that takes these kinds (image, audio, video, file) does not take this file; None: it does."""
    family = plain_type(content_type).partition("/")[0]
    kind = family if family in ("image", "audio", "video") else "file"
    if kind in receives:
        return None
    return f"This workstream takes no {KIND_NAMES[kind]} from customers. An administrator can change that."


def choose_type(told: str, announced: str) -> str | None:
    """The kind to store a file under: what its server told, else what was announced. None when it is not allowed."""
    kind = plain_type(told)
    if kind in ("", UNKNOWN_TYPE, "binary/octet-stream"):
        kind = plain_type(announced)
    return kind if kind in ALLOWED_TYPES else None
