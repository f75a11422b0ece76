"""What a customer takes back holds for what was kept of his visits, however he took it back."""

from __future__ import annotations

from filo.collaborative.visitors.queries.seen import VISITS
from filo.collaborative.visitors.services.forgetting import forget_pages
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.operational.consents.events import ConsentWithdrawn


@on(ConsentWithdrawn)
def forget_what_he_saw(event: ConsentWithdrawn, meta: EventMeta) -> None:
    """The pages that he saw are not kept any more, in any of his browsers."""
    if event.purpose == VISITS:
        forget_pages(event.party, until=meta.time)
