"""Structured logs for our code and the libraries', one line each: JSON for machines, colours for a terminal.

Logs hold no personal data: fields that carry it are dropped, and anything like a phone number is masked.
"""

import logging
import re
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PRIVATE_FIELDS = frozenset(
    {
        "body",
        "text",
        "from",
        "to",
        "phone",
        "contact_name",
        "email",
        "password",
        "token",
        "secret",
        "authorization",
        "cookie",
    }
)
PHONE = re.compile(r"\+\d{6,13}(?=\d{2})")
# Without the frames' values: they hold tokens, addresses and texts.
TRACEBACKS = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
QUIET = {"uvicorn.access": logging.WARNING, "aiohttp.access": logging.WARNING, "asyncio": logging.WARNING}


def configure_logging(level: str = "info", layout: Literal["auto", "console", "json"] = "auto") -> None:
    """Call once at the start of a process. `auto` means colours on a terminal and JSON elsewhere."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        remove_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_render(layout)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def _render(layout: Literal["auto", "console", "json"]) -> list[Processor]:
    if layout == "console" or (layout == "auto" and sys.stderr.isatty()):
        return [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    return [TRACEBACKS, structlog.processors.JSONRenderer()]


def remove_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop private fields and mask phone numbers in the rest, so that a careless line does no harm."""
    for name in list(event):
        value = event[name]
        if name in PRIVATE_FIELDS:
            event[name] = "(private)"
        elif isinstance(value, str) and "+" in value:
            event[name] = PHONE.sub("+…", value)
    return event
