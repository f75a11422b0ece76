"""Narrowing the list by whom a party is linked to: *owners of a firm in the North*, *firms with a contact named Anna*.

Only links to parties that one sees are told of. Roles are those of `RELATION_ROLES`: `related.role` is what the party
is to somebody (*contact at*), `has_relation` what somebody is to it (*has a contact*).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, Condition, values_of
from filo.foundation.filters.fields import FilterField
from filo.foundation.filters.usual import labels
from filo.foundation.folding import words
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import Party, PartyRelation, Reach
from filo.operational.parties.models.links import RELATION_ROLES
from filo.operational.parties.policies import sees_everything
from filo.operational.parties.queries.find import ids_matching

WHAT_IT_IS = [(code, label) for code, label, _back in RELATION_ROLES]
WHO_IS_THERE = [(code, back) for code, _label, back in RELATION_ROLES]
MOST_NAMED = 5_000
OF_FIRMS = ("stage", "area")


def _role(mine: str, other: str) -> Condition:
    def condition(principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        if not set(wanted) <= dict(WHAT_IT_IS).keys():
            raise ValueError
        found = Q(Exists(_seen(principal, other).filter(role__in=wanted, **{mine: OuterRef("pk")})))
        return ~found if operator == "is-not" else found

    return condition


def _seen(principal: Principal, other: str) -> QuerySet[PartyRelation]:
    """The links whose other end this principal sees."""
    links = PartyRelation.objects.order_by()
    if sees_everything(principal):  # the bin is short: nothing else has to be looked at
        return links.exclude(**{f"{other}__in": Party.objects.exclude(deleted_at=None).order_by().values("pk")})
    return links.filter(**{f"{other}__in": Party.objects.visible_to(principal).order_by().values("pk")})


def _firm(name: str) -> Condition:
    """Linked to a party with a visible relationship like this."""
    tie = PARTY_FILTERS.fields[name].tie or PARTY_FILTERS.fields[name].condition

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        ways = Reach.objects.visible_to(principal).filter(tie(principal, operator, value), living=True)
        links = PartyRelation.objects.filter(from_party=OuterRef("pk"), to_party__in=ways.order_by().values("party"))
        found = Q(Exists(links.order_by()))
        return ~found if operator == "is-not" else found

    return condition


def _named(principal: Principal, _operator: str, value: Any) -> Q:
    """Linked, either way, to a visible party with these words."""
    if not words(str(value)):
        raise ValueError
    first = ids_matching(principal, str(value))[:MOST_NAMED]
    named = Party.objects.visible_to(principal).filter(pk__among=first).order_by()
    links = PartyRelation.objects.order_by()
    return Q(pk__in=links.filter(to_party__in=named.values("pk")).values("from_party")) | Q(
        pk__in=links.filter(from_party__in=named.values("pk")).values("to_party")
    )


def declare_links() -> None:
    """Called once, when the program starts."""
    firms = [PARTY_FILTERS.fields[name] for name in OF_FIRMS]
    PARTY_FILTERS.with_more(
        FilterField("related.role", _("Is linked as"), CHOICE, _role("from_party", "to_party"), labels(WHAT_IT_IS)),
        FilterField(
            "has_relation", _("Has somebody as"), CHOICE, _role("to_party", "from_party"), labels(WHO_IS_THERE)
        ),
        FilterField("related.name", _("Linked to somebody named"), ("contains",), _named),
        *(
            FilterField(
                f"related.{found.name}",
                format_lazy(_("{field} of its firm"), field=found.label),
                CHOICE,
                _firm(found.name),
                found.choices,
            )
            for found in firms
        ),
    )
