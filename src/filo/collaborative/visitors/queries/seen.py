"""Which pages a customer saw, as far as he agreed that it is kept."""

from __future__ import annotations

from filo.collaborative.visitors.models import PROVED, PageView, Visitor
from filo.foundation.access.principal import Principal
from filo.operational.consents.queries import refuses
from filo.operational.parties.models import Party

VISITS, MOST = "page_visits", 10


def pages_seen(principal: Principal, party: Party) -> list[PageView]:
    """The latest, in browsers in which he proved who he is; none where he took it back just now."""
    if refuses(party, VISITS):
        return []
    his = Visitor.objects.visible_to(principal).filter(party=party)
    proved = his.filter(recognitions__way__in=PROVED, recognitions__undone_at=None)
    return list(PageView.objects.filter(visitor__in=proved.values("pk"))[:MOST])
