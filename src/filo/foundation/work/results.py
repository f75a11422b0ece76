"""Where the result of a kind of work is seen: higher topics say so for their own."""

from __future__ import annotations

from collections.abc import Callable

from filo.foundation.jobs.models import Job

_pages: dict[str, Callable[[Job], str]] = {}


def lead_to(name: str, page: Callable[[Job], str]) -> None:
    """Say which address shows what came of a job of this name."""
    _pages[name] = page


def result_page(job: Job) -> str:
    """The address of what came of it; empty when there is none."""
    page = _pages.get(job.name)
    return page(job) if page else ""
