"""Which party a row means: by its codes, its tax numbers, or its name with what reaches it or a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.folding import fold
from filo.operational.parties.drafts import PartyDraft
from filo.operational.transfer.facts import Facts

Key = tuple[str, ...]
CODE, OWN_CODE, BARE = "code", "party", "bare"
# What Filo went by, as it is told.
_TOLD_AS = {
    CODE: "identity",
    OWN_CODE: "party",
    "vat": "vat_number",
    "cf": "codice_fiscale",
    "place": "name_city",
    BARE: "name",
}
REACHED_BY = ("email", "pec", "phone", "mobile")


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
    """The keys of a row do not tell one party; `is_silent` when it says nothing of them at all."""

    def __init__(self, sentence: str, *, is_silent: bool = False) -> None:
        self.is_silent = is_silent
        super().__init__(sentence)


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

    def having(self, keys: Iterable[Key]) -> list[Known]:
        """Who is found by any of these keys."""
        return list({id(known): known for key in keys for known in self._by_key.get(key, ())}.values())

    def find(self, facts: Facts) -> tuple[Known | None, str]:
        """The party that a row means and by what (a code of `keys.LABELS`), None when it is new. Raises `Unclear`."""
        for group in groups_of(facts):
            by_code = group[0][0] in (CODE, OWN_CODE)
            candidates = [known for known in self.having(group) if by_code or known.can_be(facts)]
            if any(not known.visible for known in candidates):
                raise Unclear(_("This code already belongs to a record that is not yours to see, or is in the bin."))
            if len(candidates) > 1 and by_code:
                raise Unclear(_("The codes of this row belong to different records."))
            if len(candidates) > 1:
                raise Unclear(_("Several records are like this one: give it a code, a VAT number or an e-mail."))
            if candidates:
                return candidates[0], _TOLD_AS.get(group[0][0], "name_reached")
        return None, ""


def groups_of(facts: Facts) -> list[list[Key]]:
    """The keys of a row, the strongest first."""
    draft = facts.draft
    assert draft is not None  # noqa: S101
    tax = [("vat", draft.facts["vat_number"]), ("cf", draft.facts["codice_fiscale"])]
    groups: list[list[Key]] = [[(OWN_CODE, str(facts.party_id))]] if facts.party_id else []
    groups.append([(CODE, system, code) for system, code in facts.identities.items()])
    groups += [[(name, draft.kind, str(number))] for name, number in tax if number]
    groups.append(names_of(draft))
    found = [group for group in groups if group]
    return found or [[(BARE, draft.kind, draft.sort_name)]]


def names_of(draft: PartyDraft) -> list[Key]:
    """A person by name and what reaches it, an organisation by name and place, or by what reaches it without one."""
    places = [key for row in draft.addresses for key in places_of(draft.sort_name, row.city, row.postal_code)]
    if draft.kind == "organisation" and places:
        return places
    points = (point for point in draft.points if point.type in REACHED_BY)
    return [(draft.kind, draft.sort_name, point.normalised) for point in points] or places


def places_of(name: str, city: str, postal_code: str) -> list[Key]:
    """Whoever has this name in this town, or with this postal code."""
    places = ((("city", fold(city)) if city else None), (("cap", postal_code) if postal_code else None))
    return [("place", name, *place) for place in places if place]
