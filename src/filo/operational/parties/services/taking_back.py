"""How each act on a customer is taken back: through the same verbs, with the rights of whoever takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.models import Merge, Party, PartyRelation, Relationship
from filo.operational.parties.queries.find import deleted_party, seen_party
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.editing import delete_party, edit_party, facts_of, restore_party
from filo.operational.parties.services.identities import forget_codes, identify_party
from filo.operational.parties.services.merging.unmerging import unmerge_parties
from filo.operational.parties.services.relations import put_back_relation, tie_from, tie_of, unrelate
from filo.operational.parties.services.relationships import (
    open_relationship,
    put_back_assignment,
    withdraw_relationship,
)
from filo.operational.parties.services.stages import end_relationship, put_back_stage, reopen_relationship

_REFERENCES: dict[str, type[Model]] = {"owner_id": User, "area_id": Area, "channel_id": Channel, "unit_id": Unit}


def register_undo() -> None:
    """Called once, when the program starts."""
    for action, function in (
        ("party.create", _put_back_arrival),
        ("party.edit", _put_back_facts),
        ("party.delete", _put_back_bin),
        ("party.restore", _put_back_bin),
        ("party.relate", _put_back_tie),
        ("party.add-contact", _put_back_new_contact),
        ("party.unrelate", _put_back_tie),
        ("party.merge", _put_back_merge),
        ("party.become-part", lambda _principal, _entry, _values: PutBack()),  # goes with the other card
        ("party.identify", _put_back_codes),
        ("party.forget-codes", _put_back_codes),
    ):
        undo_with("party", action, function)
    for action, function in (
        ("relationship.open", _put_back_opening),
        ("relationship.withdraw", _put_back_opening),
        ("relationship.move-stage", _put_back_move),
        ("relationship.end", _put_back_end),
        ("relationship.reopen", _put_back_end),
        ("relationship.assign", _put_back_people),
    ):
        undo_with("relationship", action, function)


def _put_back_facts(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    party = seen_party(principal, entry.object_id)
    hidden = principal.hidden("party")
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    seen = {name: (_fact(name, was), _fact(name, then)) for name, (was, then) in values.items() if name not in hidden}
    now = {name: _fact(name, value) for name, value in plain(facts_of(party)).items()}
    free, since = still_there(seen, now)
    refused = _put_back_as_far_as(principal, party, free)
    return PutBack([name for name in free if name not in refused], since, refused)


def _put_back_as_far_as(principal: Principal, party: Party, facts: Mapping[str, Any]) -> dict[str, str]:
    """Write what may be written, and give why the rest may not: a field that has to be filled in stays filled in."""
    wanted, refused = dict(facts), dict[str, str]()
    while wanted:
        try:
            edit_party(principal, party, wanted, version=None)
            break
        except InvalidFields as error:
            wrong = {name: str(sentences[0]) for name, sentences in error.fields.items()}
            named = {fact: wrong[name] for name in wrong for fact in wanted if name == fact or _is_part(name, fact)}
            if not named:
                raise
            refused |= named
            wanted = {name: value for name, value in wanted.items() if name not in named}
    return refused


def _is_part(name: str, fact: str) -> bool:
    """Whether a refused name is a row of this fact: `contact_points.2.value` of `contact_points`."""
    return name.startswith(f"{fact}.")


def _fact(name: str, value: Any) -> Any:
    """A kept value as facts have it: what stands on the map are numbers again."""
    if name != "addresses":
        return value
    return [{**row, **{end: _number(row.get(end)) for end in ("latitude", "longitude")}} for row in value or []]


def _number(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)


def _put_back_arrival(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Brought in by mistake: into the bin, unless a colleague has changed something since."""
    party = seen_party(principal, entry.object_id)
    others = AuditEntry.objects.filter(kind="party", object_id=party.id, at__gte=entry.at)
    if others.exclude(operation=entry.operation).exclude(actor=entry.actor).exists():
        return PutBack(left=values)
    delete_party(principal, party)
    return PutBack(values)


def _put_back_bin(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    is_deleted = Party.objects.filter(pk=entry.object_id).exclude(deleted_at=None).exists()
    if is_deleted == (entry.action == "party.restore"):
        return PutBack()  # it is where it was before already
    if is_deleted:
        restore_party(principal, deleted_party(principal, entry.object_id))
    else:
        delete_party(principal, seen_party(principal, entry.object_id))
    return PutBack(["deleted"])


def _put_back_merge(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    kept = seen_party(principal, entry.object_id)
    absorbed = AuditEntry.objects.filter(operation=entry.operation, action="party.become-part")
    found = Merge.objects.filter(kept=kept, absorbed__in=absorbed.values("object_id"), undone_at=None)
    merge = found.order_by("-at").first()
    if merge is None:
        return PutBack()
    unmerge_parties(principal, merge)
    return PutBack(values)


def _put_back_tie(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    before, after = (tie_from(raw) for raw in values["relation"])
    party = seen_party(principal, entry.object_id)
    tie = before or after
    if tie is None:
        raise DomainError(_("It was not kept how it was before."))
    same = PartyRelation.objects.filter(from_party=tie.from_party, to_party=tie.to_party, role=tie.role).first()
    if after is not None:
        if same is None:
            return PutBack()
        if tie_of(same) != after:
            return PutBack(left=["relation"])
        unrelate(principal, party, same)
    elif same is None:
        if principal.user_id is None or entry.actor != principal.user_id:
            for end in {tie.from_party, tie.to_party} - {party.id}:
                seen_party(principal, end)
        put_back_relation(principal, party, tie)
    return PutBack(["relation"])


def _put_back_new_contact(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """A person who goes into the bin takes the relation along, and brings it back."""
    if AuditEntry.objects.filter(operation=entry.operation, action="party.create").exists():
        return PutBack()
    return _put_back_tie(principal, entry, values)


def _put_back_codes(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Given: taken away again. Taken away: given again, if nobody else has them now."""
    before, after = ([tuple(pair) for pair in raw or []] for raw in values["external_identities"])
    party = seen_party(principal, entry.object_id)
    has = set(party.external_identities.values_list("system", "key"))
    if set(after) & has:
        forget_codes(principal, party, after)
    lost = [pair for pair in before if pair not in has]
    if lost:
        identify_party(principal, party, lost)
    return PutBack(["external_identities"])


def _relationship(principal: Principal, entry: AuditEntry) -> Relationship:
    """The relationship, locked, if this principal sees it. Raises `NotFound`."""
    seen = Relationship.objects.visible_to(principal).filter(pk=entry.object_id, party__deleted_at=None)
    if not seen.exists():
        raise NotFound
    return Relationship.objects.select_for_update().select_related("party").get(pk=entry.object_id)


def _put_back_move(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    row = _relationship(principal, entry)
    before, after = values["stage"]
    if row.stage != after or row.ended_at:
        return PutBack(left=["stage"] if row.stage != before else [])
    since, _then = entry.changes.get("stage_since", (None, None))
    was_since, now_since = entry.changes.get("customer_since", (None, None))
    put_back_stage(
        principal,
        row,
        to=before,
        since=datetime.fromisoformat(since) if since else None,
        customer_since=_first_day(row, was_since, now_since),
    )
    return PutBack(["stage"])


def _first_day(row: Relationship, was: str | None, then: str | None) -> date | None:
    """Since when it is a customer: what the move has not touched, or others have since, stays."""
    if then is None or row.customer_since != date.fromisoformat(then):
        return row.customer_since
    return date.fromisoformat(was) if was else None


def _put_back_end(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    row = _relationship(principal, entry)
    if (row.ended_at is not None) == (entry.action == "relationship.reopen"):
        return PutBack()
    if row.ended_at:
        reopen_relationship(principal, row)
    else:
        end_relationship(principal, row, reason=values.get("end_reason", ("", ""))[0] or _("Taken back"))
    return PutBack(["ended"])


def _put_back_people(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    row = _relationship(principal, entry)
    now = {name: plain(getattr(row, name)) for name in _REFERENCES}
    now["members"] = sorted(str(member.user_id) for member in row.members.all())
    free, since = still_there(values, now)
    before = {name: UUID(free[name]) if free[name] else None for name in free if name != "members"}
    for name, wanted in before.items():
        _refuse_gone(_REFERENCES[name], [wanted])
    members = [UUID(user) for user in free["members"]] if "members" in free else None
    _refuse_gone(User, members or [])
    if free:
        put_back_assignment(principal, row, before, members)
    return PutBack(free, since)


def _refuse_gone(model: type[Model], ids: list[UUID | None] | list[UUID]) -> None:
    wanted = {found for found in ids if found}
    if model._default_manager.filter(pk__in=wanted).count() != len(wanted):
        raise DomainError(_("What it was before is not there any more."), code="gone")


def _put_back_opening(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Opened: taken away again, while nothing has happened with it. Taken away: opened as it was."""
    if entry.action == "relationship.open":
        withdraw_relationship(principal, _relationship(principal, entry))
        return PutBack(["company_id"])
    was = {name: before for name, (before, _after) in values.items()}
    party = seen_party(principal, UUID(was["party_id"]))
    rows: dict[str, Any] = {
        name: model._default_manager.filter(pk=was[f"{name}_id"]).first() if was.get(f"{name}_id") else None
        for name, model in (
            ("company", SellingCompany),
            ("product_line", ProductLine),
            ("area", Area),
            ("channel", Channel),
            ("unit", Unit),
        )
    }
    owner = UUID(was["owner_id"]) if was.get("owner_id") else None
    members = tuple(UUID(user) for user in was["members"])
    open_relationship(principal, party, RelationshipSpec(**rows, owner_id=owner, stage=was["stage"], members=members))
    return PutBack(["company_id"])
