"""What is known of a customer now, what was known before, and the kinds of such facts."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.parties.models import Party
from filo.operational.profile.models import Trait, TraitKind

OF_PEOPLE = ("size", "child-birth-year")


def kinds_in_use() -> list[TraitKind]:
    """The kinds that can be learned, in their order."""
    return list(TraitKind.objects.filter(active=True))


def kinds_for(party: Party) -> list[TraitKind]:
    """The kinds in use that can be said of a customer: a firm wears no size and has no children."""
    return [kind for kind in kinds_in_use() if party.kind == "person" or kind.code not in OF_PEOPLE]


def traits_of(party: Party | UUID, principal: Principal | None = None) -> dict[TraitKind, list[Trait]]:
    """What holds now, by kind in their order; with a principal only where he sees the customer.

    Without one it is for programs that act for the customer himself or have asked for the right already.
    """
    rows = Trait.objects.visible_to(principal) if principal else Trait.objects.all()
    key = party.pk if isinstance(party, Party) else party
    found: dict[TraitKind, list[Trait]] = {}
    for row in rows.current().for_list().filter(party=key, kind__active=True):
        found.setdefault(row.kind, []).append(row)
    return found


def trait_values(party: Party | UUID, code: str) -> list[str]:
    """The values of a kind that hold now, the oldest first; empty where nothing is known."""
    key = party.pk if isinstance(party, Party) else party
    rows = Trait.objects.filter(party=key, kind__code=code, kind__active=True, ended_at=None)
    return list(rows.order_by("learned_at", "id").values_list("value", flat=True))


def sure_values(party: Party | UUID, code: str, *, at_least: float = 0.8) -> list[str]:
    """Those of them that were said or confirmed, not only guessed: what need not be asked again."""
    key = party.pk if isinstance(party, Party) else party
    rows = Trait.objects.filter(party=key, kind__code=code, kind__active=True, ended_at=None)
    sure = Q(confidence__gte=at_least) | Q(confirmed_at__isnull=False)
    return list(rows.filter(sure).order_by("learned_at", "id").values_list("value", flat=True))


def history_of(principal: Principal, party: Party, *, most: int = 30) -> list[Trait]:
    """What held once and holds no more, the latest first."""
    rows = Trait.objects.visible_to(principal).for_list().filter(party=party).exclude(ended_at=None)
    return list(rows.order_by("-ended_at", "-id")[:most])


def seen_trait(principal: Principal, trait_id: UUID) -> Trait:
    """A fact with this id about a customer whom this principal sees. Raises `NotFound`."""
    found = Trait.objects.visible_to(principal).select_related("kind", "party").filter(pk=trait_id).first()
    if found is None or found.party.deleted_at is not None:
        raise NotFound
    return found
