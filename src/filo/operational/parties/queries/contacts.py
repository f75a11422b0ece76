"""When one last heard of parties, as far as one may know, and lists in that order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, UUIDField

from filo.foundation.access.objects import Scope
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.prepared import asked_many
from filo.foundation.web.paging import Key, Page, Stretch, page_of_stretches
from filo.operational.parties.models import LastContact, Party, Reach

if TYPE_CHECKING:
    from filo.operational.parties.queries.lists import ListQuery

CONTACT_SORTS = ("last_contact", "-last_contact")


def knows_every_contact(principal: Principal) -> bool:
    """Whether the moment that stands on the party holds for this principal too."""
    return principal.scope("interaction", "view") is Scope.ALL and principal.company_ids is None


def last_contacts(principal: Principal, parties: Sequence[Party]) -> dict[UUID, datetime | None]:
    """The last contact with each of these parties that this principal may know of."""
    if knows_every_contact(principal):
        return {party.id: party.last_contact_at for party in parties}
    return dict(latest_known(principal, [party.id for party in parties]))


def latest_known(principal: Principal, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """The same by ids, read from the contacts one by one; those never heard of are missing."""
    return dict(_LATEST.rows(principal, parties=list(ids)))


def _latest(principal: Principal) -> QuerySet[LastContact, tuple[UUID, datetime]]:
    contacts = LastContact.objects.visible_to(principal).filter(party__one_of=asked_many("parties", UUIDField()))
    return contacts.order_by().values("party_id").annotate(last=Max("at")).values_list("party_id", "last")


_LATEST = PreparedFor(_latest)


def page_by_contact(
    principal: Principal, found: QuerySet[Party], few: QuerySet[Reach] | None, asked: ListQuery
) -> Page[Party]:
    """A page of `found` by last contact; who was never heard of comes first where the longest ago comes first.

    The order is that of the contacts one may know of: it must not tell what rows hide. Where they are `few`
    the page is sorted from these rows of `Reach`, else read in order.
    """
    newest_first = asked.sort.startswith("-")
    if few is not None:
        heard, never = _sorted(principal, Party.objects.filter(pk__among=few.values("party")), newest_first)
    elif knows_every_contact(principal):
        heard, never = _in_order(found, newest_first)
    else:
        heard, never = _known(principal, found, newest_first)
    stretches = (heard, never) if newest_first else (never, heard)
    page = page_of_stretches(stretches, size=asked.size, cursor=asked.cursor)
    rows = [row.party if isinstance(row, LastContact) else row for row in page.rows]
    return Page(rows, next=page.next, previous=page.previous)


def _sorted(principal: Principal, found: QuerySet[Party], newest_first: bool) -> tuple[Stretch, Stretch]:
    contacts = LastContact.objects.visible_to(principal).filter(party=OuterRef("pk")).order_by("-at")
    column = "last_contact_at"
    if not knows_every_contact(principal):
        column, found = "heard_at", found.annotate(heard_at=Subquery(contacts.values("at")[:1]))
    keys = (Key(column, descending=newest_first), Key("id", descending=newest_first))
    return (
        Stretch(found.filter(**{f"{column}__isnull": False}), keys),
        Stretch(found.filter(**{f"{column}__isnull": True}), keys[1:]),
    )


def _in_order(found: QuerySet[Party], newest_first: bool) -> tuple[Stretch, Stretch]:
    keys = (Key("last_contact_at", descending=newest_first), Key("id", descending=newest_first))
    return Stretch(found.filter(last_contact_at__isnull=False), keys), Stretch(
        found.filter(last_contact_at=None), keys[1:]
    )


def _known(principal: Principal, found: QuerySet[Party], newest_first: bool) -> tuple[Stretch, Stretch]:
    """One row for each party: the latest of its contacts that this principal may know of."""
    contacts = LastContact.objects.visible_to(principal)
    later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    latest = contacts.filter(~Exists(contacts.filter(later, party=OuterRef("party"))))
    latest = latest.filter(Exists(found.order_by().filter(pk=OuterRef("party")))).select_related("party")
    never = found.filter(~Exists(contacts.filter(party=OuterRef("pk"))))
    return (
        Stretch(latest, (Key("at", descending=newest_first), Key("party_id", descending=newest_first))),
        Stretch(never, (Key("id", descending=newest_first),)),
    )
