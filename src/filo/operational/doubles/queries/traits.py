"""What is compared of cards: of stored ones, of what somebody types, of what is about to come in."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from filo.foundation.italy import tax
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.sizes import rows_about
from filo.operational.doubles.likeness.commonness import Commonness
from filo.operational.doubles.likeness.model import DEFAULT, Model
from filo.operational.doubles.likeness.traits import Traits, traits_of
from filo.operational.parties.drafts import PartyDraft, clean_point_value
from filo.operational.parties.models import Address, ContactPoint, Party

# So many cards tell how common values are here; counted anew every hour.
COUNTED, COUNTED_SECONDS, AT_ONCE = 5_000, 3_600, 500
FACTS = ("kind", "given_name", "family_name", "legal_name", "legal_form", "vat_number", "codice_fiscale", "birth_date")


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
    abroad = next((str(raw["country"]) for raw in data.get("addresses") or () if raw.get("country")), "IT")
    codes = {
        "vat_number": _code(lambda raw: tax.clean_vat(raw, abroad), row["vat_number"]),
        "codice_fiscale": _code(tax.clean_codice_fiscale, row["codice_fiscale"]),
    }
    return _traits(row | codes, points, places)


def traits_of_draft(draft: PartyDraft) -> Traits:
    """The traits of somebody who is about to be stored."""
    points = [(point.type, point.normalised) for point in draft.points]
    places = [(place.street, place.postal_code, place.city) for place in draft.addresses]
    row = {name: draft.facts.get(name) or "" for name in FACTS} | {"kind": draft.kind}
    return _traits(row, points, places)


def _code(clean: Callable[[str], str], raw: object) -> str:
    """A half of a code, as somebody types it, would speak against the card that has the whole."""
    try:
        return clean(str(raw))
    except InvalidIdentity:
        return ""


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


def here_counted() -> Model:
    """The same with how common names are here, for jobs: counting reads some thousand cards, once an hour."""
    return _counted_here(str(connection.settings_dict["NAME"]), int(time.monotonic() // COUNTED_SECONDS))


@lru_cache(maxsize=2)
def _counted_here(_database: str, _hour: int) -> Model:
    return replace(here(), commonness=Commonness.counted(_counted_values()))


def _counted_values() -> dict[str, list[str]]:
    """The values of some thousand cards, those that changed last."""
    living = Party.objects.filter(deleted_at=None)
    ids = list(living.order_by("-updated_at").values_list("pk", flat=True)[:COUNTED])
    found: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        for traits in traits_of_parties(ids[start : start + AT_ONCE]).values():
            for name, value in (("given_name", " ".join(traits.given)), ("family_name", " ".join(traits.family))):
                if value:
                    found[name].append(value)
            found["name"] += traits.name
            found["email"] += traits.emails
            found["phone"] += traits.phones
    return found
