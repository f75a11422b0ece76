"""What nobody came back to is taken away."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.collaborative.visitors.models import PageView, PersonalLink, Visitor
from filo.foundation import clock

VISITORS_FOR, LINKS_FOR = timedelta(days=90), timedelta(days=30)


def forget_old() -> tuple[int, int]:
    """Visitors of whom nothing was seen for ninety days, and links that ended a month ago; gives how many."""
    moment = clock.now()
    links, _by = PersonalLink.objects.filter(ends_at__lt=moment - LINKS_FOR).delete()
    visitors, _by = Visitor.objects.filter(seen_at__lt=moment - VISITORS_FOR).delete()
    return visitors, links


def forget_pages(party_id: UUID, *, until: datetime) -> None:
    """A customer took back that the pages he sees are kept: those seen until that moment go, in every browser that was
    ever taken for his. Where he agreed again since, it stays so. Twice changes nothing more.
    """
    with transaction.atomic():
        his = Visitor.objects.filter(party=party_id)
        his.filter(Q(history_at=None) | Q(history_at__lte=until), history=True).update(history=False, history_at=until)
        PageView.objects.filter(visitor__party=party_id, at__lte=until).delete()
