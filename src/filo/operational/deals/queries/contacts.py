"""The people through whom a customer is spoken to."""

from __future__ import annotations

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.operational.deals.models import Deal
from filo.operational.parties.models import Party, PartyRelation


def contacts_of(principal: Principal, deal: Deal) -> QuerySet[Party]:
    """The visible people of a deal's customer, and the one who is named already."""
    people = PartyRelation.objects.filter(to_party=deal.party_id).values("from_party")
    seen = Party.objects.visible_to(principal).filter(kind="person")
    named = [deal.contact_id] if deal.contact_id else []
    return (seen.filter(pk__in=people) | seen.filter(pk__in=named)).order_by("sort_name")
