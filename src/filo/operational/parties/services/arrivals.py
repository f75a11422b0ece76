"""Parties become known: one by hand or by the API, thousands by an import, all by the same way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.bulk import sent_together
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.fields.values import clean_values
from filo.foundation.organisation.models import SellingCompany, Unit
from filo.operational.parties.drafts import PartyDraft, clean_party
from filo.operational.parties.events import RelationshipGiven
from filo.operational.parties.models import ExternalIdentity, Party
from filo.operational.parties.own_fields import ENTITY, Refusals, among_facts
from filo.operational.parties.services.newcomers import (
    Arrival,
    RelationshipSpec,
    address_rows,
    first_stage,
    point_rows,
    store_newcomers,
    words_from,
    words_of,
)

# What belongs to an arrival is found here, where parties come in.
__all__ = [
    "Arrival",
    "RelationshipSpec",
    "address_rows",
    "bring_in",
    "create_party",
    "default_relationship",
    "first_stage",
    "own_unit_of",
    "owned_spec",
    "point_rows",
    "refuse_masked",
    "words_from",
    "words_of",
]


def create_party(
    principal: Principal,
    data: Mapping[str, Any],
    *,
    relationships: Sequence[RelationshipSpec] | None = None,
    source: str = "",
    identities: Sequence[tuple[str, str]] = (),
) -> Party:
    """A new party from raw facts (see `clean_party`).

    `relationships` None gives the default one; an empty list none (a contact of a firm, a supplier).
    Raises `Forbidden` and `InvalidFields`.
    """
    principal.require("party", "create")
    refuse_masked(principal, data)
    specs = (default_relationship(principal),) if relationships is None else tuple(relationships)
    draft, custom = _cleaned(principal, data, specs)
    arrival = Arrival(draft, specs, source=source, identities=tuple(identities), custom=custom)
    with transaction.atomic():
        party = bring_in(principal, [arrival])[0]
        _announce_given(principal, party, specs)
    return party


def _announce_given(principal: Principal, party: Party, specs: Sequence[RelationshipSpec]) -> None:
    """Whoever gets a new customer from a colleague is to know; what a system or a file brings is no such gift."""
    people = {person for spec in specs for person in (spec.owner_id, *spec.members)} - {None, principal.user_id}
    if principal.user_id is None or not people:
        return
    for row in party.relationships.prefetch_related("members"):
        theirs = {row.owner_id, *(member.user_id for member in row.members.all())}
        given = [person for person in theirs - {principal.user_id} if person]
        if given:
            gift = RelationshipGiven(party=party.id, relationship=row.id, people=sorted(given, key=str))
            announce(principal, gift)


def _cleaned(
    principal: Principal, data: Mapping[str, Any], specs: Sequence[RelationshipSpec]
) -> tuple[PartyDraft, dict[str, Any]]:
    """Facts and fields of one's own; everything that is wrong with either is told at once."""
    refusals, stages = Refusals(), [spec.stage for spec in specs]
    with refusals.also():
        draft = clean_party(data)
        stages = [spec.stage or first_stage(draft) for spec in specs]
    with refusals.also():
        custom = clean_values(principal, ENTITY, among_facts(data), current={}, stage=stages)
    refusals.stop()
    return draft, custom


def refuse_masked(principal: Principal, data: Mapping[str, Any]) -> None:
    """A field that one may not see is to one as if it were not there. Raises `InvalidFields`."""
    masked = principal.hidden("party") & data.keys()
    if masked:
        raise InvalidFields({name: _("There is no such field.") for name in masked})


def default_relationship(principal: Principal) -> RelationshipSpec:
    """With the first company one works in. Raises `InvalidFields` before any company exists."""
    companies = SellingCompany.objects.all()
    if principal.company_ids is not None:
        companies = companies.filter(pk__in=principal.company_ids)
    company = companies.first()
    if company is None:
        raise InvalidFields({"relationships": _("First add a selling company in the settings.")})
    return RelationshipSpec(company=company)


def bring_in(principal: Principal, arrivals: Sequence[Arrival]) -> list[Party]:
    """Store new parties with everything that belongs to them, in a fixed number of statements.

    Raises `Forbidden` when a relationship would go to somebody this principal may not assign to, and
    `InvalidFields` when an external identity is already another party's.
    """
    principal.require("party", "create")
    arrivals = _owned(principal, arrivals)
    with transaction.atomic():
        _refuse_taken_identities(arrivals)
        with sent_together(len(arrivals)):
            return store_newcomers(principal, arrivals)


def own_unit_of(principal: Principal, action: str = "create") -> Unit | None:
    """The unit that takes what somebody who sees by unit brings in."""
    by_unit = principal.scope("party", action) in (Scope.TEAM, Scope.UNIT)
    return Unit.objects.filter(pk=principal.unit_id).first() if by_unit and principal.unit_id else None


def _owned(principal: Principal, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Whoever brings somebody in sees them afterwards; nobody gives beyond their reach."""
    own_unit = own_unit_of(principal)
    owned = cache(lambda specs: tuple(owned_spec(principal, spec, own_unit) for spec in specs))
    return [replace(arrival, relationships=owned(arrival.relationships)) for arrival in arrivals]


def owned_spec(principal: Principal, spec: RelationshipSpec, own_unit: Unit | None) -> RelationshipSpec:
    """The same relationship with its owner and unit filled in; raises `Forbidden` for what is beyond reach."""
    _refuse_beyond_reach(principal, spec)
    if principal.scope("party", "create") is Scope.OWN and not spec.owner_id:
        spec = replace(spec, owner_id=principal.user_id)
    if spec.unit is None:
        spec = replace(spec, unit=spec.area.default_unit if spec.area else own_unit)
    own = principal.user_id in (spec.owner_id, *spec.members)
    if own_unit and not own and (spec.unit is None or spec.unit.id not in {own_unit.id, *principal.unit_ids}):
        raise Forbidden(_("You may only bring in customers of your own unit."))
    return spec


def _refuse_beyond_reach(principal: Principal, spec: RelationshipSpec) -> None:
    """Who may not assign names nobody but oneself, and no unit but the own."""
    if principal.company_ids is not None and spec.company.id not in principal.company_ids:
        raise Forbidden(_("You do not work in this company."))
    if principal.may("party", "assign"):
        return
    others = {spec.owner_id, *spec.members} - {None, principal.user_id}
    if others or (spec.unit and spec.unit.id != principal.unit_id):
        raise Forbidden(_("You may only bring in customers of your own."))


def _refuse_taken_identities(arrivals: Sequence[Arrival]) -> None:
    wanted = [pair for arrival in arrivals for pair in arrival.identities]
    if len(set(wanted)) != len(wanted):
        raise InvalidFields({"external_identities": _("The same external identity is given twice.")})
    keys = {key for _system, key in wanted}
    taken = set(ExternalIdentity.objects.filter(key__in=keys).values_list("system", "key")) if keys else set()
    if taken & set(wanted):
        raise InvalidFields({"external_identities": _("This external identity already belongs to another party.")})
