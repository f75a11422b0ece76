"""Who is what to whom: contacts of firms, spouses, suppliers, with dates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import Change, record, record_many
from filo.foundation.bulk import insert
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, NotFound
from filo.foundation.push.services import publish_many
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.models.links import RELATION_ROLES
from filo.operational.parties.policies import CONTACT_ROLES, PARTY_EDITED
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.timeline import page_changed


@dataclass(frozen=True)
class Tie:
    """A relation as the audit keeps it: all that is needed to put it back."""

    from_party: UUID
    to_party: UUID
    role: str
    job_title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def tie_of(relation: PartyRelation) -> Tie:
    """A stored relation as such."""
    return Tie(
        relation.from_party_id,
        relation.to_party_id,
        relation.role,
        relation.job_title,
        relation.valid_from,
        relation.valid_to,
    )


def tie_from(kept: Any) -> Tie | None:
    """What the audit kept of a relation; None where there was none, or the audit did not say."""
    if not isinstance(kept, dict):
        return None
    first, last = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("valid_from", "valid_to"))
    return Tie(UUID(kept["from_party"]), UUID(kept["to_party"]), kept["role"], kept["job_title"], first, last)


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
    tie = Tie(party.id, to.id, role, job_title[:120], valid_from, valid_to)
    return _store(principal, party.id, tie)


def relate_many(principal: Principal, ties: Collection[Tie]) -> dict[Tie, UUID]:
    """Tie many people to their firms at once, in the caller's transaction; gives the relation of each that was tied.

    Both ends are seen by this principal, and not tied in this way yet. Whom he may not change is not tied.
    """
    if not principal.may("party", "edit"):
        return {}
    people = {tie.from_party for tie in ties}
    editable = set(Party.objects.filter(PARTY_EDITED.rows(principal), pk__in=people).values_list("pk", flat=True))
    made = {tie: PartyRelation(**columns_of(tie)) for tie in ties if tie.from_party in editable}
    if not made:
        return {}
    insert(PartyRelation, list(made.values()))
    reach.refresh({tie.from_party for tie in made if tie.role in CONTACT_ROLES})
    changes = [Change("party", tie.from_party, {"relation": (None, asdict(tie))}) for tie in made]
    record_many(principal, "party.relate", changes)
    publish_many([f"party:{end}" for end in {tie.to_party for tie in made}], "facts")
    return {tie: relation.id for tie, relation in made.items()}


def columns_of(tie: Tie) -> dict[str, Any]:
    """The columns of a relation."""
    return {f"{name}_id" if name.endswith("_party") else name: value for name, value in asdict(tie).items()}


def put_back_relation(principal: Principal, party: Party, tie: Tie) -> PartyRelation:
    """A relation that was taken away from a party's card stands there again. Raises `Forbidden`, `DomainError`."""
    _require(principal, party)
    if Party.objects.filter(pk__in=[tie.from_party, tie.to_party], deleted_at=None).count() != 2:
        raise NotFound
    return _store(principal, party.id, tie)


def _store(principal: Principal, told_of: UUID, tie: Tie) -> PartyRelation:
    with transaction.atomic():
        try:
            with transaction.atomic():
                found = PartyRelation.objects.create(**columns_of(tie))
        except IntegrityError:
            raise DomainError(_("They are related in this way already."), code="relation-exists") from None
        if tie.role in CONTACT_ROLES:
            reach.refresh([tie.from_party])
        changes = {"relation": (None, asdict(tie))}
        record(principal, "party.relate", kind="party", object_id=told_of, changes=changes)
        page_changed(principal, [tie.from_party, tie.to_party], "facts")
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
    with one_operation(), transaction.atomic():
        person = create_party(principal, {**data, "kind": "person"}, relationships=[])
        PartyRelation.objects.create(from_party=person, to_party=firm, role=role, job_title=job_title[:120])
        reach.refresh([person.id])
        record(
            principal,
            "party.add-contact",
            kind="party",
            object_id=firm.id,
            changes={"relation": (None, asdict(Tie(person.id, firm.id, role, job_title[:120])))},
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
            changes={"relation": (asdict(tie_of(relation)), None)},
        )
        relation.delete()
        reach.refresh([ids[0]])
        page_changed(principal, ids, "facts")


def _require(principal: Principal, party: Party) -> None:
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
