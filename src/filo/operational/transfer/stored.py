"""The stored parties that rows may mean, as far as whoever brings them in sees them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.operational.parties.drafts import PartyDraft
from filo.operational.parties.models import Address, ContactPoint, ExternalIdentity, Party
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.matching import CODE, Index, Key, names_of, places_of


def look_up(principal: Principal, index: Index, rows: Sequence[Facts]) -> None:
    """Put the stored parties that these rows may mean into the index: those this principal sees.

    Codes are the exception: one that an unseen party has cannot be given twice, so it is known as taken.
    """
    drafts = [facts.draft for facts in rows if facts.draft]
    if not drafts:
        return
    seen: QuerySet[Party] = Party.objects.visible_to(principal)
    _by_codes(seen, index, rows)
    _by_tax(seen, index, drafts)
    _by_names(seen, index, drafts)


def _by_codes(seen: QuerySet[Party], index: Index, rows: Sequence[Facts]) -> None:
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


def _by_tax(seen: QuerySet[Party], index: Index, drafts: Sequence[PartyDraft]) -> None:
    kind = drafts[0].kind
    for name, column in (("vat", "vat_number"), ("cf", "codice_fiscale")):
        numbers = {draft.facts[column] for draft in drafts} - {""}
        if not numbers:
            continue
        rows = seen.filter(kind=kind, **{f"{column}__in": numbers})
        found = list(rows.values_list("pk", column, "vat_number"))
        _learn_codes(index, [party_id for party_id, _number, _vat in found])
        for party_id, number, vat_number in found:
            known = index.party(party_id)
            known.vat_number = vat_number
            index.add(known, [(name, kind, number)])


def _by_names(seen: QuerySet[Party], index: Index, drafts: Sequence[PartyDraft]) -> None:
    kind = drafts[0].kind
    wanted = {key for draft in drafts for key in names_of(draft)}
    if not wanted:
        return
    names = {key[1] for key in wanted}
    found = {
        row[0]: row[1:]
        for row in seen.filter(kind=kind, sort_name__in=names).values_list("pk", "sort_name", "vat_number")
    }
    told: list[tuple[UUID, Key]] = []
    if kind == "person":
        points = ContactPoint.objects.filter(party__in=list(found), type__in=("email", "pec"))
        told = [(pk, ("person", found[pk][0], mail)) for pk, mail in points.values_list("party_id", "normalised")]
    else:
        places = Address.objects.filter(party__in=list(found)).values_list("party_id", "city", "postal_code")
        told = [(pk, key) for pk, city, code in places for key in places_of(found[pk][0], city, code)]
    told = [(pk, key) for pk, key in told if key in wanted]
    _learn_codes(index, list({pk for pk, _key in told}))
    for pk, key in told:
        known = index.party(pk)
        known.vat_number = found[pk][1]
        index.add(known, [key])


def _learn_codes(index: Index, ids: Sequence[UUID]) -> None:
    rows = ExternalIdentity.objects.filter(party__in=list(ids)).values_list("party_id", "system", "key")
    for party_id, system, code in rows:
        index.party(party_id).codes.setdefault(system, set()).add(code)
