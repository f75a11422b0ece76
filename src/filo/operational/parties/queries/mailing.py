"""Where mails to a customer go."""

from __future__ import annotations

from filo.operational.parties.models import Party
from filo.operational.parties.models.contact import ContactPoint


def mail_of(party: Party) -> str:
    """The e-mail address that is preferred, else the first; empty for none."""
    rows = ContactPoint.objects.filter(party=party.pk, type="email").order_by("-preferred", "position", "id")
    return rows.values_list("value", flat=True).first() or ""
