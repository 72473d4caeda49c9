"""Typed settings from the environment, or from a TOML file named by ANSWERBACK_SETTINGS_FILE.

Only what must be known before the database opens; everything an administrator decides lives in the database.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from answerback.write_once import write_once

PREFIX = "ANSWERBACK_"
FILE_VARIABLE = "ANSWERBACK_SETTINGS_FILE"
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """A setting cannot be used; the message names it, its problem and the way out."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`database_url` unset means the embedded PostgreSQL below `data_dir`; `public_url` unset means unknown yet.

    `secret_key` may hold several keys, comma separated: the first one seals, the others still open what they sealed.
    `private_hosts`: hosts of one's own network, comma separated, that webhooks may call; others must be public.
    """

    database_url: str | None = None
    data_dir: Path = msgspec.field(default_factory=lambda: default_data_dir())
    public_url: str | None = None
    secret_key: str | None = None
    private_hosts: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "console", "json"] = "auto"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the file first, then the environment, which wins."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    file_name = environment.get(FILE_VARIABLE)
    if file_name:
        for field, value in _read_file(Path(file_name)).items():
            values[field], sources[field] = value, f"'{field}' in {file_name}"
    for field in Settings.__struct_fields__:
        variable = PREFIX + field.upper()
        if environment.get(variable, "").strip():
            values[field], sources[field] = environment[variable].strip(), variable
    _check(values, sources)
    if "data_dir" in values:
        values["data_dir"] = Path(values["data_dir"]).expanduser().absolute()
    return Settings(**values)


def _read_file(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{FILE_VARIABLE} names {file}, which cannot be read ({error.strerror}). Correct the path, or unset it."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}. Correct the file.") from error
    for field in values:
        if field not in Settings.__struct_fields__:
            known = ", ".join(Settings.__struct_fields__)
            raise SettingsError(f"'{field}' in {file} is not a setting. Known are: {known}.")
    return values


def _check(values: dict[str, Any], sources: dict[str, str]) -> None:
    for field, value in values.items():
        problem = _problem(field, value)
        if problem is not None:
            raise SettingsError(f"{sources[field]} {problem}")


def _problem(field: str, value: object) -> str | None:
    """Why the value cannot be used, as the second half of a sentence; never repeats a secret."""
    if not isinstance(value, str):
        return "must be text. Put it in quotes."
    match field:
        case "database_url" if urlsplit(value).scheme not in ("postgresql", "postgres"):
            return "must look like postgresql://user:password@host/database. Unset it to use the embedded PostgreSQL."
        case "public_url" if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
            return "must be the address providers reach this server at, such as https://texts.example.org."
        case "secret_key" if any(len(key) < SHORTEST_SECRET for key in split_keys(value)):
            return (
                f"must have {SHORTEST_SECRET} characters or more. "
                "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        case "log_level" if value not in ("debug", "info", "warning", "error"):
            return "must be debug, info, warning or error."
        case "log_format" if value not in ("auto", "console", "json"):
            return "must be auto, console or json."
        case _:
            return None


def default_data_dir() -> Path:
    """/var/lib/answerback for root, else the user's own data folder."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/answerback")
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "answerback"


def split_keys(value: str) -> tuple[str, ...]:
    """Several keys may stand in one value, separated by commas or line ends."""
    return tuple(key.strip() for key in value.replace("\n", ",").split(",") if key.strip())


def private_hosts(settings: Settings) -> frozenset[str]:
    """Names and addresses, as they stand in web addresses."""
    return frozenset(host.strip().lower() for host in (settings.private_hosts or "").split(",") if host.strip())


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """The keys that protect secrets at rest, newest first; made once into the data folder when none is set."""
    if settings.secret_key is not None:
        return split_keys(settings.secret_key)
    file = settings.data_dir / "secret.key"
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    keys = split_keys(write_once(file, secrets.token_urlsafe(32) + "\n", mode=0o600))
    if not keys or any(len(key) < SHORTEST_SECRET for key in keys):
        raise SettingsError(f"{file} holds no usable key. Restore it from a backup: sealed secrets need it.")
    return keys
