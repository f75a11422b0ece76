"""Facts of a party change, go into the bin and come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_values
from filo.foundation.search import services as search
from filo.operational.parties.drafts import EDITABLE, REACHING, PartyDraft, PointDraft, clean_party
from filo.operational.parties.events import PartyDeleted, PartyEdited, PartyRestored
from filo.operational.parties.models import Address, ContactPoint, Party, Relationship
from filo.operational.parties.own_fields import ENTITY, Refusals, among_facts, as_facts, clean_own, with_facts
from filo.operational.parties.policies import PARTY_DELETED, PARTY_EDITED
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import address_rows, point_rows, refuse_masked, words_of
from filo.operational.parties.services.stages import made_reachable
from filo.operational.parties.services.timeline import page_changed

POINT_FIELDS = ("type", "value", "label", "preferred")
ADDRESS_FIELDS = (
    "use",
    "street",
    "locality",
    "postal_code",
    "city",
    "province",
    "country",
    "latitude",
    "longitude",
)


def edit_party(
    principal: Principal,
    party: Party,
    data: Mapping[str, Any],
    *,
    version: int | None,
    base: Mapping[str, Any] | None = None,
) -> Party:
    """Change only the facts that `data` names (names as in `clean_party`; lists are replaced whole).

    `version` is what the writer had read; None writes whatever it is. When somebody saved first and
    `base` (the facts the writer had read) is given, changes of other fields are kept together; the same
    field changed twice raises `Stale` with both values. Raises `Forbidden` and `InvalidFields` too.
    """
    _require(principal, party)
    refuse_masked(principal, data)
    with one_operation(), transaction.atomic():
        locked = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
        if locked.deleted_at:
            raise NotFound
        now_facts, refusals = facts_of(locked), Refusals()
        wanted = {name: value for name, value in data.items() if name != "kind"}
        if among_facts(wanted):
            with refusals.also():
                wanted |= clean_own(principal, wanted, current=locked.fields, stages=stages_of(locked))
        if version is not None and version != locked.version:
            wanted = _merged(now_facts, wanted, base, locked.version)
        with refusals.also():
            draft = clean_party({**now_facts, **wanted, "kind": locked.kind})
        refusals.stop()
        own = with_facts(locked.fields, wanted)
        changes = changes_between(now_facts, draft) | _own_changes(locked, own)
        if changes:
            _store(principal, locked, draft, own, changes)
    return locked


def _require(principal: Principal, party: Party) -> None:
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden


def stages_of(party: Party) -> list[str]:
    """The stages in which a party is to us, ended relationships apart."""
    return list(Relationship.objects.filter(party=party, ended_at=None).values_list("stage", flat=True))


def facts_of(party: Party) -> dict[str, Any]:
    """The facts of a party in the names and shapes that `clean_party` takes, and `fields.CODE` for one's own."""
    facts: dict[str, Any] = {"kind": party.kind, **model_to_dict(party, fields=EDITABLE), **as_facts(party.fields)}
    facts["contact_points"] = [model_to_dict(point, fields=POINT_FIELDS) for point in party.contact_points.all()]
    facts["addresses"] = [model_to_dict(address, fields=ADDRESS_FIELDS) for address in party.addresses.all()]
    return facts


def _merged(
    now_facts: Mapping[str, Any], wanted: Mapping[str, Any], base: Mapping[str, Any] | None, version: int
) -> dict[str, Any]:
    """What the writer changed since `base`, laid over what is there now."""
    if base is None:
        differing = {
            name: (now_facts.get(name), value) for name, value in wanted.items() if now_facts.get(name) != value
        }
        raise Stale(differing, version=version)
    mine = {name: value for name, value in wanted.items() if _plain(value) != _plain(base.get(name))}
    clash = {
        name: (now_facts.get(name), value)
        for name, value in mine.items()
        if _plain(now_facts.get(name)) not in (_plain(base.get(name)), _plain(value))
    }
    if clash:
        raise Stale(clash, version=version)
    return mine


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain_row(row) for row in value] or ""
    return "" if value is None else str(value)


def _plain_row(row: Any) -> Any:
    if not isinstance(row, dict):  # a choice; or what the form carried is mangled
        return str(row)
    return {key: _plain(found) for key, found in row.items() if found not in ("", None, False)}


def changes_between(now_facts: Mapping[str, Any], draft: PartyDraft) -> dict[str, tuple[Any, Any]]:
    """What a draft changes in the facts that a party has now: {name: (before, after)}."""
    then = {name: draft.facts.get(name) for name in EDITABLE}
    changes = {name: (now_facts[name], then[name]) for name in EDITABLE if now_facts[name] != then[name]}
    points = [{name: point.__dict__[name] for name in POINT_FIELDS} for point in draft.points]
    if points != now_facts["contact_points"]:
        changes["contact_points"] = (now_facts["contact_points"], points)
    addresses = [{name: row.__dict__[name] for name in ADDRESS_FIELDS} for row in draft.addresses]
    if addresses != now_facts["addresses"]:
        changes["addresses"] = (now_facts["addresses"], addresses)
    return changes


def _own_changes(party: Party, own: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    codes = party.fields.keys() | own.keys()
    then = {code: (party.fields.get(code), own.get(code)) for code in sorted(codes)}
    return as_facts({code: pair for code, pair in then.items() if pair[0] != pair[1]})


def _store(
    principal: Principal,
    party: Party,
    draft: PartyDraft,
    own: Mapping[str, Any],
    changes: Mapping[str, tuple[Any, Any]],
) -> None:
    was_reachable = party.contact_points.filter(type__in=REACHING).exists()
    for name, value in draft.facts.items():
        setattr(party, name, value)
    party.display_name, party.sort_name = draft.display_name[:260], draft.sort_name
    party.fields = dict(own)
    party.version += 1
    party.updated_at = clock.now()
    party.save()
    reach.named(party)
    if among_facts(changes):
        store_values(ENTITY, party.id, own)
    if "contact_points" in changes:
        _store_points(party, draft.points)
    if "addresses" in changes:
        party.addresses.all().delete()
        Address.objects.bulk_create(address_rows(party, draft.addresses))
    search.index("party", {party.id: words_of(party, draft)})
    if "notes" in changes:
        search.note("party", {party.id: party.notes})
    record(principal, "party.edit", kind="party", object_id=party.id, changes=kept_changes(changes))
    announce(principal, PartyEdited(party=party.id, fields=sorted(changes)))
    if draft.reachable and not was_reachable:
        made_reachable(principal, party)
    page_changed(principal, [party.id], "facts")


def _store_points(party: Party, drafts: Sequence[PointDraft]) -> None:
    """Points that stay keep their row, so that what is known of them stays too."""
    kept = {(point.type, point.normalised): point for point in party.contact_points.all()}
    wanted = {(draft.type, draft.normalised) for draft in drafts}
    party.contact_points.exclude(pk__in=[kept[key].pk for key in kept.keys() & wanted]).delete()
    party.contact_points.update(preferred=False)
    rows = point_rows(party, drafts)
    for row in rows:
        if (row.type, row.normalised) in kept:
            row.pk = kept[row.type, row.normalised].pk
    stay = [row for row in rows if (row.type, row.normalised) in kept]
    ContactPoint.objects.bulk_update(stay, ["value", "extension", "label", "preferred", "position"])
    ContactPoint.objects.bulk_create([row for row in rows if (row.type, row.normalised) not in kept])


def _plain_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: (v if isinstance(v, str | bool | None) else str(v)) for k, v in row.items()}


def kept_changes(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Changes as the audit keeps them: numbers as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [_plain_facts(row) if isinstance(row, dict) else row for row in value]
        return value

    return {name: (plain(before), plain(after)) for name, (before, after) in changes.items()}


def delete_party(principal: Principal, party: Party) -> None:
    """Put a party into the bin: it is seen by nobody until it is restored."""
    principal.require("party", "delete")
    if not PARTY_DELETED.allows(principal, party):
        raise Forbidden
    with transaction.atomic():
        party.deleted_at = clock.now()
        if not Party.objects.filter(pk=party.pk, deleted_at=None).update(deleted_at=party.deleted_at):
            return
        reach.named(party)
        search.forget("party", [party.id])
        record(principal, "party.delete", kind="party", object_id=party.id, changes={"deleted": (False, True)})
        announce(principal, PartyDeleted(party=party.id))
        page_changed(principal, [party.id], "facts")


def restore_party(principal: Principal, party: Party) -> None:
    """Take a party out of the bin. The caller found it among those this principal may delete."""
    principal.require("party", "delete")
    if not PARTY_DELETED.allows(principal, party):
        raise Forbidden
    with transaction.atomic():
        if not Party.objects.filter(pk=party.pk, deleted_at__isnull=False, merged_into=None).update(deleted_at=None):
            return
        party.deleted_at = None
        reach.named(party)
        search.index("party", {party.id: words_of(party, clean_party(facts_of(party)))})
        record(principal, "party.restore", kind="party", object_id=party.id, changes={"deleted": (True, False)})
        announce(principal, PartyRestored(party=party.id))
