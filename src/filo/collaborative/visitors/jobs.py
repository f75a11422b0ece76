"""What is old about visits is forgotten."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.visitors.services.forgetting import forget_old
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every


@every(hours=24)
@job(label=_("Forget old visits"), announced=False)
def forget_old_visits(context: JobContext) -> dict[str, int]:
    """Browsers that did not come back, and links that do not hold any more."""
    visitors, links = forget_old()
    return {"visitors": visitors, "links": links}
