"""Who is what to whom: contacts of firms, spouses, suppliers, with dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.models.links import RELATION_ROLES
from filo.operational.parties.policies import CONTACT_ROLES, PARTY_EDITED
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.timeline import page_changed


def relate(
    principal: Principal,
    party: Party,
    *,
    to: Party,
    role: str,
    job_title: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> PartyRelation:
    """Tie two parties that this principal sees. Raises `Forbidden`, `InvalidFields`, `DomainError`."""
    _require(principal, party)
    if role not in {code for code, _there, _back in RELATION_ROLES}:
        raise InvalidFields({"role": _("Choose what they are to each other.")})
    if party.pk == to.pk:
        raise InvalidFields({"to": _("A party cannot be related to itself.")})
    if valid_from and valid_to and valid_to < valid_from:
        raise InvalidFields({"valid_to": _("It ends before it begins.")})
    with transaction.atomic():
        try:
            with transaction.atomic():
                found = PartyRelation.objects.create(
                    from_party=party,
                    to_party=to,
                    role=role,
                    job_title=job_title[:120],
                    valid_from=valid_from,
                    valid_to=valid_to,
                )
        except IntegrityError:
            raise DomainError(_("They are related in this way already."), code="relation-exists") from None
        if role in CONTACT_ROLES:
            reach.refresh([party.id])
        record(
            principal,
            "party.relate",
            kind="party",
            object_id=party.id,
            changes={"relation": (None, [str(to.id), role])},
        )
        page_changed(principal, [party.id, to.id], "facts")
    return found


def add_contact(
    principal: Principal, firm: Party, data: Mapping[str, Any], *, role: str = "contact", job_title: str = ""
) -> Party:
    """A new person who is a contact of a firm this principal may change, in one act.

    Raises `Forbidden`, and `InvalidFields` for the person's facts or an unknown role.
    """
    principal.require("party", "create")
    _require(principal, firm)
    if role not in CONTACT_ROLES:
        raise InvalidFields({"role": _("Choose what they are to each other.")})
    with transaction.atomic():
        person = create_party(principal, {**data, "kind": "person"}, relationships=[])
        PartyRelation.objects.create(from_party=person, to_party=firm, role=role, job_title=job_title[:120])
        reach.refresh([person.id])
        record(
            principal,
            "party.add-contact",
            kind="party",
            object_id=firm.id,
            changes={"relation": (None, [str(person.id), role])},
        )
        page_changed(principal, [firm.id], "facts")
    return person


def unrelate(principal: Principal, party: Party, relation: PartyRelation) -> None:
    """Take a relation away that was a mistake (one that is over gets an end date instead)."""
    _require(principal, party)
    with transaction.atomic():
        ids = [relation.from_party_id, relation.to_party_id]
        record(
            principal,
            "party.unrelate",
            kind="party",
            object_id=party.id,
            changes={"relation": ([str(relation.to_party_id), relation.role], None)},
        )
        relation.delete()
        reach.refresh([ids[0]])
        page_changed(principal, ids, "facts")


def _require(principal: Principal, party: Party) -> None:
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
