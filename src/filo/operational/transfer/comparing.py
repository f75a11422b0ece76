"""What a row would change in a party that is there: what it says wins, what it leaves out stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from filo.operational.parties.drafts import EDITABLE, AddressDraft, PartyDraft, PointDraft
from filo.operational.parties.models import Address, ContactPoint, Party
from filo.operational.parties.own_fields import as_facts
from filo.operational.parties.services.editing import ADDRESS_FIELDS, POINT_FIELDS, facts_of
from filo.operational.transfer.facts import Facts

CALLED = ("phone", "mobile")
WRITTEN = ("email", "pec")
PLACE = ("street", "locality", "postal_code", "city", "province", "country", "latitude", "longitude")
LISTS = ("kind", "contact_points", "addresses")


def changes_for(now: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The facts that differ from those a party has now, in the shape that `edit_party` takes."""
    draft = facts.draft
    assert draft is not None  # noqa: S101
    wanted = {
        name: draft.facts[name]
        for name in facts.data
        if name not in LISTS and name in now and draft.facts.get(name) not in ("", None, now[name])
    }
    wanted |= {name: value for name, value in as_facts(facts.own).items() if now.get(name) != value}
    points = _with_new_points(now["contact_points"], draft.points)
    if points:
        wanted["contact_points"] = points
    addresses = _with_places(now["addresses"], draft.addresses, facts.data["addresses"])
    if addresses is not None:
        wanted["addresses"] = addresses
    return wanted


def facts_of_draft(draft: PartyDraft) -> dict[str, Any]:
    """A clean party in the shape that a stored one is compared in."""
    places = [{"use": row.use, **{name: getattr(row, name) for name in PLACE}} for row in draft.addresses]
    return {
        "kind": draft.kind,
        **draft.facts,
        "contact_points": facts_of_points(draft.points),
        "addresses": places,
    }


def facts_now(party: Party) -> dict[str, Any]:
    """A stored party in the same shape; its points and addresses are prefetched (`for_card`)."""
    facts = facts_of(party)
    for point, row in zip(facts["contact_points"], party.contact_points.all(), strict=True):
        point["normalised"] = row.normalised
    return facts


def facts_in_store(keys: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """The same of many parties, in three statements and with no object made of each."""
    if not keys:
        return {}
    found: dict[UUID, dict[str, Any]] = {}
    for row in Party.objects.filter(pk__in=keys).values("pk", "kind", *EDITABLE, "fields"):
        key, own = row.pop("pk"), row.pop("fields")
        found[key] = {**row, **as_facts(own), "contact_points": [], "addresses": []}
    points = ContactPoint.objects.filter(party__in=keys).order_by("position", "id")
    for row in points.values("party_id", *POINT_FIELDS, "normalised"):
        found[row.pop("party_id")]["contact_points"].append(row)
    addresses = Address.objects.filter(party__in=keys).order_by("position", "id")
    for row in addresses.values("party_id", *ADDRESS_FIELDS):
        found[row.pop("party_id")]["addresses"].append(row)
    return found


def _with_new_points(now: list[dict[str, Any]], points: tuple[PointDraft, ...]) -> list[dict[str, Any]] | None:
    known = {_family(point["type"]) + point["normalised"] for point in now}
    new = [point for point in points if _family(point.type) + point.normalised not in known]
    return [*now, *facts_of_points(new)] if new else None


def facts_of_points(points: Iterable[PointDraft]) -> list[dict[str, Any]]:
    """Clean contact points as they are compared; none of them is preferred over those that are there."""
    return [
        {"type": p.type, "value": p.value, "label": p.label, "preferred": False, "normalised": p.normalised}
        for p in points
    ]


def _family(kind: str) -> str:
    """A number is the same whether it is called phone or mobile, an address whether e-mail or PEC."""
    return "call:" if kind in CALLED else "write:" if kind in WRITTEN else f"{kind}:"


def _with_places(
    now: list[dict[str, Any]], drafts: tuple[AddressDraft, ...], said: list[Mapping[str, Any]]
) -> list[dict[str, Any]] | None:
    """The addresses with what the row says of those of the same use; None when nothing differs."""
    places = [dict(address) for address in now]
    differs = False
    for draft in drafts:
        told = next((row for row in said if row.get("use") == draft.use), {})
        names = [name for name in PLACE if told.get(name) not in ("", None)]
        same = next((place for place in places if place["use"] == draft.use), None)
        if same is None:
            same = {"use": draft.use}
            places.append(same)
        for name in names:
            if same.get(name) != getattr(draft, name):
                same[name] = getattr(draft, name)
                differs = True
    return places if differs else None
