"""How a line of the log is made: what it is about, nobody's data, and no words of an exception.

Loaded with the settings, so it imports nothing that needs an app.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from filo.foundation.health.redaction import redacted

_about: ContextVar[dict[str, str]] = ContextVar("filo_log_about", default={})  # noqa: B039  (replaced, never changed)
FACTS = ("request_id", "job", "job_id")
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@contextmanager
def about(**facts: str) -> Iterator[None]:
    """Every line within the block carries these: `request_id`, or `job` and `job_id`."""
    token = _about.set({**_about.get(), **facts})
    try:
        yield
    finally:
        _about.reset(token)


class Discreet(logging.Filter):
    """On every handler: adds what the line is about, takes people's data and secrets out of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: it changes the line and drops none."""
        facts = _about.get()
        for name in FACTS:
            setattr(record, name, facts.get(name))
        record.msg, record.args = redacted(_words(record)), ()
        if record.exc_info:
            record.exc_text, record.exc_info = told_without_words(record.exc_info), None
        return True


def _words(record: logging.LogRecord) -> str:
    """Django's own lines of requests name the address as it was typed: the name of the route stands for it."""
    request = record.__dict__.pop("request", None)
    match = getattr(request, "resolver_match", None)
    if request is not None and record.name.startswith("django."):
        reason = record.getMessage().partition(":")[0]
        return f"{reason} ({match.view_name or match.route if match else 'no route'})"
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # a line with too few places is no reason to lose it
        return str(record.msg)


def told_without_words(raised: Raised) -> str:
    """The types and places of an exception and of its causes: messages hold what people typed."""
    found: list[str] = []
    error: BaseException | None = raised[1]
    while error is not None and len(found) < 5:
        frames = "".join(traceback.format_tb(error.__traceback__))
        found.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\ncaused by\n".join(found)


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING: one handler to stderr, as `text` for people or `json` for programs."""
    quiet_in_text = "INFO" if form == "json" else "WARNING"
    own = {name: {"level": quiet_in_text} for name in ("filo.request", "filo.job")}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": "filo.foundation.health.logs.Discreet"}},
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{levelname}{name}{message}",
                "style": "{",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": True,
                "json_ensure_ascii": False,
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["discreet"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # requests have their own line; what Django says of a 404 names the address as it was typed
        "loggers": {**own, "django.request": {"level": "ERROR"}, "django.server": {"handlers": []}},
    }
