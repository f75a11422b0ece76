"""What is compared of stored cards, and which of them may be one customer with somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.sizes import rows_about
from filo.operational.doubles.keys import keys_of
from filo.operational.doubles.likeness.comparing import Likeness, compare
from filo.operational.doubles.likeness.model import DEFAULT, Model
from filo.operational.doubles.likeness.traits import Traits, traits_of
from filo.operational.doubles.models import DoubleKey, DoublePair, PairState
from filo.operational.parties.drafts import PartyDraft, clean_point_value
from filo.operational.parties.models import Address, ContactPoint, Party

# Below the first nobody is asked; what is offered for acceptance in bulk is at least as likely as the second.
SHOWN, SURE = 0.6, 0.99
# A key that more cards share tells nothing about two of them.
COMMON = 60
AT_ONCE = 400
FACTS = ("kind", "given_name", "family_name", "legal_name", "legal_form", "vat_number", "codice_fiscale", "birth_date")


@dataclass(frozen=True)
class Candidate:
    """A card that may be the same customer, and why."""

    party: Party
    likeness: Likeness


def traits_of_parties(ids: Collection[UUID]) -> dict[UUID, Traits]:
    """The traits of living parties, in three statements."""
    wanted = list(ids)
    points: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for party, kind, value in ContactPoint.objects.filter(party__in=wanted).values_list("party", "type", "normalised"):
        points[party].append((kind, value))
    places: dict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Address.objects.filter(party__in=wanted).values_list("party", "street", "postal_code", "city")
    for party, *place in rows:
        places[party].append((place[0], place[1], place[2]))
    facts = Party.objects.filter(pk__in=wanted, deleted_at=None).values("pk", *FACTS)
    return {row["pk"]: _traits(row, points[row["pk"]], places[row["pk"]]) for row in facts}


def traits_of_facts(data: Mapping[str, Any]) -> Traits:
    """The traits of what somebody types, in the names of the API; what is no number or code is left out."""
    points = [point for raw in data.get("contact_points") or () if (point := _point(raw))]
    places = [
        tuple(str(raw.get(name) or "") for name in ("street", "postal_code", "city"))
        for raw in data.get("addresses") or ()
    ]
    row = {name: data.get(name) or "" for name in FACTS}
    return _traits(row, points, places)


def traits_of_draft(draft: PartyDraft) -> Traits:
    """The traits of somebody who is about to be stored."""
    points = [(point.type, point.normalised) for point in draft.points]
    places = [(place.street, place.postal_code, place.city) for place in draft.addresses]
    row = {name: draft.facts.get(name) or "" for name in FACTS} | {"kind": draft.kind}
    return _traits(row, points, places)


def _point(raw: Mapping[str, Any]) -> tuple[str, str] | None:
    try:
        return raw["type"], clean_point_value(raw["type"], str(raw.get("value") or ""))["normalised"]
    except (InvalidIdentity, KeyError):
        return None


def _traits(row: Mapping[str, Any], points: Iterable[tuple[str, str]], places: Iterable[Any]) -> Traits:
    by_type: dict[str, list[str]] = defaultdict(list)
    for kind, value in points:
        by_type[kind].append(value)
    return traits_of(
        row["kind"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        legal_name=row["legal_name"],
        legal_form=row["legal_form"],
        emails=[*by_type["email"], *by_type["pec"]],
        phones=[*by_type["mobile"], *by_type["phone"]],
        webs=by_type["web"],
        vat_number=row["vat_number"],
        codice_fiscale=row["codice_fiscale"],
        birth_date=row["birth_date"] or None,
        addresses=places,
    )


def here() -> Model:
    """The model for a house of this size: the more customers, the more of them are alike by chance."""
    return _for_about(rows_about(Party))


@lru_cache(maxsize=4)
def _for_about(parties: int) -> Model:
    return DEFAULT.among(parties)


def hashed(keys: Iterable[str]) -> set[int]:
    """Keys as they are kept: 64 bits each."""
    return {int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True) for key in keys}


def candidates(
    principal: Principal, traits: Traits, *, but: Collection[UUID] = (), least: float = SHOWN, most: int = 5
) -> list[Candidate]:
    """The visible cards that may be who these traits are of, the likeliest first."""
    keys = telling(hashed(keys_of(traits)))
    near = DoubleKey.objects.filter(key__in=keys).exclude(party__in=list(but)).values("party")
    seen = Party.objects.visible_to(principal).filter(pk__in=near, kind=traits.kind)
    parties = {party.pk: party for party in seen.for_card()[:AT_ONCE]}
    model = here()
    found = [
        Candidate(parties[pk], likeness)
        for pk, other in traits_of_parties(parties).items()
        if (likeness := compare(traits, other, model)).probability >= least
    ]
    return sorted(found, key=lambda one: -one.likeness.probability)[:most]


def alike_among_stored(principal: Principal, many: Sequence[Traits], *, least: float = SHOWN) -> list[Candidate | None]:
    """For each of many who are about to come in, the likeliest visible card; in a few statements for all of them."""
    keys = [hashed(keys_of(traits)) for traits in many]
    useful = telling(set().union(*keys)) if keys else []
    cards: dict[int, list[UUID]] = defaultdict(list)
    for start in range(0, len(useful), AT_ONCE):
        rows = DoubleKey.objects.filter(key__in=useful[start : start + AT_ONCE]).values_list("key", "party")
        for key, party in rows:
            cards[key].append(party)
    near = {party for found in cards.values() for party in found}
    parties = Party.objects.visible_to(principal).in_bulk(list(near)) if near else {}
    stored, model = traits_of_parties(parties.keys()), here()
    found: list[Candidate | None] = []
    for traits, mine in zip(many, keys, strict=True):
        others = {party for key in mine for party in cards.get(key, ()) if party in stored}
        best = max(((compare(traits, stored[pk], model), pk) for pk in others), default=None, key=lambda one: one[0][0])
        found.append(Candidate(parties[best[1]], best[0]) if best and best[0].probability >= least else None)
    return found


def telling(keys: Collection[int]) -> list[int]:
    """The keys that few cards share."""
    wanted, found = list(keys), []
    for start in range(0, len(wanted), AT_ONCE):
        some = DoubleKey.objects.filter(key__in=wanted[start : start + AT_ONCE])
        counted = some.values("key").annotate(n=Count("id"))
        found += [row["key"] for row in counted if row["n"] <= COMMON]
    return found


def partners(ids: Sequence[UUID], *, above_only: bool = False) -> set[tuple[UUID, UUID]]:
    """The pairs (older, newer) that share a telling key with one of these; `above_only` names each pair once.

    With `above_only` only partners newer than the card itself are named: for who goes through all cards.
    """
    mine: dict[int, list[UUID]] = defaultdict(list)
    for party, key in DoubleKey.objects.filter(party__in=list(ids)).values_list("party", "key"):
        mine[key].append(party)
    keys = telling(mine.keys())
    found: set[tuple[UUID, UUID]] = set()
    for start in range(0, len(keys), AT_ONCE):
        rows = DoubleKey.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("key", "party")
        for key, other in rows:
            for party in mine[key]:
                if other > party or (other != party and not above_only):
                    found.add((min(party, other), max(party, other)))
    return found


def open_pairs(principal: Principal, *, least: float = 0.0) -> QuerySet[DoublePair]:
    """The visible pairs that wait for somebody, the likeliest first."""
    found: QuerySet[DoublePair] = DoublePair.objects.visible_to(principal)
    found = found.filter(state=PairState.OPEN, probability__gte=least)
    return found.select_related("first", "second").order_by("-probability", "-id")


def pairs_of(principal: Principal, party: Party) -> QuerySet[DoublePair]:
    """The open pairs of one card."""
    return open_pairs(principal).filter(Q(first=party) | Q(second=party))


def pair_of(principal: Principal, one: Party, other: Party) -> DoublePair | None:
    """The pair that these two are, if it was found."""
    first, second = sorted((one.pk, other.pk))
    found: DoublePair | None = DoublePair.objects.visible_to(principal).filter(first=first, second=second).first()
    return found


def seen_pair(principal: Principal, pair_id: UUID) -> DoublePair:
    """A pair of which both cards are seen. Raises `NotFound`."""
    found = DoublePair.objects.visible_to(principal).select_related("first", "second").filter(pk=pair_id).first()
    if found is None:
        raise NotFound
    return found
