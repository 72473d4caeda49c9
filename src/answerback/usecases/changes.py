"""Partial changes of a setting: apply what was given, and say for the audit trail what became different."""

from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


def given(changes: msgspec.Struct) -> dict[str, Any]:
    """The fields that were given; the others are UNSET."""
    return {
        field: value for field in changes.__struct_fields__ if (value := getattr(changes, field)) is not msgspec.UNSET
    }


def apply_changes(current: S, changes: msgspec.Struct) -> S:
    """`current` with the given fields that it has itself; write-only fields are the caller's business."""
    return msgspec.structs.replace(
        current, **{field: value for field, value in given(changes).items() if field in current.__struct_fields__}
    )


def difference(old: msgspec.Struct, new: msgspec.Struct, *, private: frozenset[str] = frozenset()) -> dict[str, Any]:
    """`{field: [old, new]}` of what differs; a private field is named without its values."""
    changed = (field for field in old.__struct_fields__ if getattr(old, field) != getattr(new, field))
    return {
        field: "changed" if field in private else [_plain(getattr(old, field)), _plain(getattr(new, field))]
        for field in changed
    }


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)
