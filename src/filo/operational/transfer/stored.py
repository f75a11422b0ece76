"""The stored parties that rows may mean, as far as whoever brings them in sees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.operational.parties.drafts import PartyDraft
from filo.operational.parties.models import Address, ContactPoint, ExternalIdentity, Party
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.matching import BARE, CODE, OWN_CODE, REACHED_BY, Index, Key, groups_of, places_of

CARD = "vcard uid"
Told = tuple[UUID, str, Key]  # a party, its VAT number, and a key by which rows can mean it


def look_up(principal: Principal, index: Index, rows: Sequence[Facts]) -> None:
    """Put the stored parties that these rows may mean into the index: those this principal sees.

    Codes are the exception: one that an unseen party has cannot be given twice, so it is known as taken.
    """
    drafts = [facts.draft for facts in rows if facts.draft]
    if not drafts:
        return
    seen: QuerySet[Party] = Party.objects.visible_to(principal)
    _by_own_codes(seen, index, rows)
    by_codes(seen, index, rows)
    for kind in sorted({draft.kind for draft in drafts}):
        of_kind = [facts for facts in rows if facts.draft and facts.draft.kind == kind]
        by_tax(seen, index, kind, [facts.draft for facts in of_kind if facts.draft])
        _by_names(seen, index, kind, of_kind)


def _by_own_codes(seen: QuerySet[Party], index: Index, rows: Sequence[Facts]) -> None:
    """By the ids that exports give, alone or as the code of a card; one that is not seen is as if it were no id."""
    take_for_own(rows)
    wanted = {facts.party_id for facts in rows if facts.draft and facts.party_id}
    found = list(seen.filter(pk__in=wanted).values_list("pk", "vat_number")) if wanted else []
    _learn_codes(index, [party_id for party_id, _vat in found])
    for party_id, vat_number in found:
        known = index.party(party_id)
        known.vat_number = vat_number
        index.add(known, [(OWN_CODE, str(party_id))])
    there = {party_id for party_id, _vat in found}
    for facts in rows:
        facts.party_id = facts.party_id if facts.party_id in there else None


def take_for_own(rows: Sequence[Facts]) -> None:
    """The code of a card that we wrote is the id of its party, and no code of another system."""
    cards = {facts.number: facts for facts in rows if facts.draft and CARD in facts.identities}
    ids = {number: found for number, facts in cards.items() if (found := _uuid(facts.identities[CARD]))}
    there = set(Party.objects.filter(pk__in=set(ids.values())).values_list("pk", flat=True)) if ids else set()
    for number, party_id in ids.items():
        if party_id in there:
            cards[number].party_id = party_id
            del cards[number].identities[CARD]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def by_codes(seen: QuerySet[Party], index: Index, rows: Sequence[Facts]) -> None:
    """By the codes of other systems, also those of parties that are not seen: they are known as such."""
    wanted = {(system, code) for facts in rows if facts.draft for system, code in facts.identities.items()}
    if not wanted:
        return
    found = ExternalIdentity.objects.filter(key__in={code for _system, code in wanted})
    pairs = [row for row in found.values_list("system", "key", "party_id") if (row[0], row[1]) in wanted]
    visible = _seen_among(seen, {party_id for _system, _code, party_id in pairs})
    for system, code, party_id in pairs:
        known = index.party(party_id)
        known.visible = party_id in visible
        index.add(known, [(CODE, system, code)])


def _seen_among(seen: QuerySet[Party], ids: set[UUID]) -> set[UUID]:
    return set(seen.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def by_tax(seen: QuerySet[Party], index: Index, kind: str, drafts: Sequence[PartyDraft]) -> None:
    """By VAT number and codice fiscale."""
    for name, column in (("vat", "vat_number"), ("cf", "codice_fiscale")):
        numbers = {draft.facts[column] for draft in drafts} - {""}
        if not numbers:
            continue
        # Saying that it is not empty lets PostgreSQL use the index, which holds no empty ones.
        rows = seen.filter(kind=kind, **{f"{column}__in": numbers}).exclude(**{column: ""})
        found = list(rows.values_list("pk", column, "vat_number"))
        _learn_codes(index, [party_id for party_id, _number, _vat in found])
        for party_id, number, vat_number in found:
            known = index.party(party_id)
            known.vat_number = vat_number
            index.add(known, [(name, kind, number)])


def _by_names(seen: QuerySet[Party], index: Index, kind: str, rows: Sequence[Facts]) -> None:
    wanted = {key for facts in rows for key in groups_of(facts)[-1] if key[0] in (kind, "place", BARE)}
    reached = {key for key in wanted if key[0] == kind}
    told = [*_reached(seen, kind, reached), *_named(seen, kind, wanted - reached)]
    told = [one for one in told if one[2] in wanted]
    _learn_codes(index, list({pk for pk, _vat, _key in told}))
    for pk, vat_number, key in told:
        known = index.party(pk)
        known.vat_number = vat_number
        index.add(known, [key])


def _reached(seen: QuerySet[Party], kind: str, wanted: Collection[Key]) -> list[Told]:
    """By what reaches them first: many are of the same name, few have the same address or number."""
    if not wanted:
        return []
    points = ContactPoint.objects.filter(normalised__in={key[2] for key in wanted}, type__in=REACHED_BY)
    ends = list(points.values_list("party_id", "normalised"))
    if not ends:
        return []
    named = seen.filter(kind=kind, pk__in={pk for pk, _value in ends}, sort_name__in={key[1] for key in wanted})
    found = {pk: (name, vat) for pk, name, vat in named.values_list("pk", "sort_name", "vat_number")}
    return [(pk, found[pk][1], (kind, found[pk][0], value)) for pk, value in ends if pk in found]


def _named(seen: QuerySet[Party], kind: str, wanted: Collection[Key]) -> list[Told]:
    """By name and place, or by the name alone of who has neither points nor places."""
    if not wanted:
        return []
    names = {key[2] if key[0] == BARE else key[1] for key in wanted}
    named = seen.filter(kind=kind, sort_name__in=names).values_list("pk", "sort_name", "vat_number")
    found = {pk: (name, vat_number) for pk, name, vat_number in named}
    if not found:
        return []
    places = Address.objects.filter(party__in=list(found)).values_list("party_id", "city", "postal_code")
    told: list[Told] = [
        (pk, found[pk][1], key) for pk, city, code in places for key in places_of(found[pk][0], city, code)
    ]
    if any(key[0] == BARE for key in wanted):
        points = ContactPoint.objects.filter(party__in=list(found), type__in=REACHED_BY)
        spoken_of = {pk for pk, _vat, _key in told}.union(points.values_list("party_id", flat=True))
        told += [(pk, vat, (BARE, kind, name)) for pk, (name, vat) in found.items() if pk not in spoken_of]
    return told


def _learn_codes(index: Index, ids: Sequence[UUID]) -> None:
    rows = ExternalIdentity.objects.filter(party__in=list(ids)).values_list("party_id", "system", "key")
    for party_id, system, code in rows:
        index.party(party_id).codes.setdefault(system, set()).add(code)
