"""Keeps the words of search complete and clean."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.foundation.search.filling import fill_up
from filo.foundation.search.services import sweep


@job(label=_("Make the words of search anew"), queue="long", atomic=False, announced=False)
def fill(context: JobContext) -> int:
    """What was stored before the rules of search changed; begun again it goes on where it was."""
    return fill_up(lambda _kind, done, of: context.progress(done, of), is_cancelled=context.cancelled)


@daily(at="02:20")
@job(label=_("Forget words of search that nothing holds any more"), queue="long", atomic=False, announced=False)
def forget_words(_context: JobContext) -> int:
    """Names that are gone leave the list of words by which typing errors are recognised."""
    return sweep()
