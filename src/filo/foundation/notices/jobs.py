"""What comes round: letters, digests, what was put off, and forgetting."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every
from filo.foundation.notices.services.browsers import hand_out, push_due, show
from filo.foundation.notices.services.digesting import send_digests
from filo.foundation.notices.services.letters import send_due
from filo.foundation.notices.services.reading import forget_read, wake_due


@every(minutes=1)
@job(label=_("Notices by mail"), atomic=False)
def send_notices(_context: JobContext) -> dict[str, int]:
    """Wake what was put off; send what nobody read in time and the quiet hours let through; send digests."""
    return {"woken": wake_due(), "letters": send_due(), "browsers": push_due(), "digests": send_digests()}


@job(label=_("Notices in browsers"))
def tell_browsers(_context: JobContext, *, person: str) -> int:
    """Hand what one person's browsers are to show by now to one job a browser."""
    return hand_out(UUID(person))


@job(label=_("A notice in a browser"), queue="outward", atomic=False)
def show_in_browser(_context: JobContext, *, browser: str, notices: list[str]) -> str:
    """Send it, unless it was read meanwhile; again later while the push service cannot take it."""
    return show(UUID(browser), [UUID(one) for one in notices])


@daily(at="03:20")
@job(label=_("Old notices are forgotten"))
def forget_notices(_context: JobContext) -> int:
    """Delete what was read long ago."""
    return forget_read()
