"""Which party a row means: by its codes, its tax numbers, or its name with an e-mail or a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.folding import fold
from filo.operational.parties.drafts import PartyDraft
from filo.operational.parties.models import Address, ContactPoint, ExternalIdentity, Party
from filo.operational.transfer.rows import Facts

Key = tuple[str, ...]
CODE = "code"


@dataclass(eq=False)
class Known:
    """A party that rows can mean: one that is stored, or one that an earlier row of the file makes."""

    party_id: UUID | None = None
    codes: dict[str, set[str]] = field(default_factory=dict)
    vat_number: str = ""
    visible: bool = True
    named_by: int = 0  # the number of the row that named it last, 0 for none of this file
    facts: dict[str, Any] | None = None
    stored_codes: set[tuple[str, str]] = field(default_factory=set)
    firms: set[UUID | None] = field(default_factory=set)

    def learn(self, facts: Facts) -> None:
        """What the row tells of it."""
        for system, code in facts.identities.items():
            self.codes.setdefault(system, set()).add(code)
        if facts.draft:
            self.vat_number = self.vat_number or facts.draft.facts["vat_number"]

    def can_be(self, facts: Facts) -> bool:
        """Whether nothing speaks against it: another code in the same system, another VAT number."""
        assert facts.draft is not None  # noqa: S101
        wanted = facts.draft.facts["vat_number"]
        if wanted and self.vat_number and wanted != self.vat_number:
            return False
        return not any(
            code not in self.codes[system] for system, code in facts.identities.items() if self.codes.get(system)
        )


class Unclear(Exception):
    """The keys of a row do not tell one party."""


class Index:
    """The parties that the rows of a file may mean, by their keys."""

    def __init__(self) -> None:
        self._by_key: dict[Key, list[Known]] = defaultdict(list)
        self._by_party: dict[UUID, Known] = {}

    def party(self, party_id: UUID) -> Known:
        """The one entry of a stored party."""
        return self._by_party.setdefault(party_id, Known(party_id))

    def add(self, known: Known, keys: Iterable[Key]) -> None:
        """Have it found by these keys."""
        for key in keys:
            if known not in self._by_key[key]:
                self._by_key[key].append(known)

    def find(self, facts: Facts) -> Known | None:
        """The party that a row means, None when it is new. Raises `Unclear`."""
        for group in groups_of(facts):
            found = {id(known): known for key in group for known in self._by_key.get(key, ())}
            by_code = group[0][0] == CODE
            candidates = [known for known in found.values() if by_code or known.can_be(facts)]
            if any(not known.visible for known in candidates):
                raise Unclear(_("This code already belongs to a record that is not yours to see, or is in the bin."))
            if len(candidates) > 1 and by_code:
                raise Unclear(_("The codes of this row belong to different records."))
            if len(candidates) > 1:
                raise Unclear(_("Several records are like this one: give it a code, a VAT number or an e-mail."))
            if candidates:
                return candidates[0]
        return None


def groups_of(facts: Facts) -> list[list[Key]]:
    """The keys of a row, the strongest first."""
    draft = facts.draft
    assert draft is not None  # noqa: S101
    tax = [("vat", draft.facts["vat_number"]), ("cf", draft.facts["codice_fiscale"])]
    groups: list[list[Key]] = [[(CODE, system, code) for system, code in facts.identities.items()]]
    groups += [[(name, draft.kind, str(number))] for name, number in tax if number]
    groups.append(names_of(draft))
    return [group for group in groups if group]


def names_of(draft: PartyDraft) -> list[Key]:
    """A person by name and e-mail, an organisation by name and place."""
    if draft.kind == "person":
        points = (point for point in draft.points if point.type in ("email", "pec"))
        return [("person", draft.sort_name, point.normalised) for point in points]
    return [key for address in draft.addresses for key in _places(draft.sort_name, address.city, address.postal_code)]


def _places(name: str, city: str, postal_code: str) -> list[Key]:
    places = ((("city", fold(city)) if city else None), (("cap", postal_code) if postal_code else None))
    return [("organisation", name, *place) for place in places if place]


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
        told = [(pk, key) for pk, city, code in places for key in _places(found[pk][0], city, code)]
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
