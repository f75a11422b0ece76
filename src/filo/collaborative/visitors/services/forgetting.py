"""What nobody came back to is taken away."""

from __future__ import annotations

from datetime import timedelta

from filo.collaborative.visitors.models import PersonalLink, Visitor
from filo.foundation import clock

VISITORS_FOR, LINKS_FOR = timedelta(days=90), timedelta(days=30)


def forget_old() -> tuple[int, int]:
    """Visitors of whom nothing was seen for ninety days, and links that ended a month ago; gives how many."""
    moment = clock.now()
    links, _by = PersonalLink.objects.filter(ends_at__lt=moment - LINKS_FOR).delete()
    visitors, _by = Visitor.objects.filter(seen_at__lt=moment - VISITORS_FOR).delete()
    return visitors, links
