"""Who bought: found as imports of customers find them, or made where nobody has the name or the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in
from filo.operational.transfer.mapping import IDENTITY, Column
from filo.operational.transfer.matching import Index
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.planning import CREATED, REJECTED, plan
from filo.operational.transfer.rows import read_row

Who = tuple[tuple[str, str], ...]
_AS_PARTY = {"customer_code": IDENTITY, "customer": "name", "email": "email", "vat_number": "vat_number"}


class Customers:
    """Those of a file, so that each is looked up once in a part."""

    def __init__(self, principal: Principal, batch: ImportBatch, spec: RelationshipSpec) -> None:
        self.principal, self.batch, self.spec = principal, batch, spec

    def find(self, people: Iterable[Mapping[str, str]]) -> dict[Who, UUID | str]:
        """The party of each, or the sentence that says why there is none; new ones are made if the import may."""
        wanted = {who_of(person): person for person in people}
        columns = tuple(
            Column(name, _AS_PARTY[name], self.batch.source if name == "customer_code" else "") for name in _AS_PARTY
        )
        rows = [
            read_row(place, [_cell(name, person) for name in _AS_PARTY], columns, "parties")
            for place, person in enumerate(wanted.values(), start=1)
        ]
        self._by_codes_of_others(list(wanted.values()), rows)
        steps = plan(self.principal, Index(), rows, mode="upsert", columns=columns)
        new = [step for step in steps if step.outcome == CREATED and step.facts.draft]
        if self.batch.make_firms and new:
            for step, party in zip(new, self._make(new), strict=True):
                if step.known:
                    step.known.party_id = party.id
        found: dict[Who, UUID | str] = {}
        for who, step in zip(wanted, steps, strict=True):
            party_id = step.known.party_id if step.known else None
            if step.outcome == REJECTED:
                found[who] = next((problem["sentence"] for problem in step.facts.problems), _("Nobody was found."))
            else:
                found[who] = party_id or _("Nobody here has this name or code, and this import makes no customers.")
        return found

    def _by_codes_of_others(self, people: Sequence[Mapping[str, str]], rows: Sequence[object]) -> None:
        """A code that came with another file, under the name of that file, means the same card if just one has it."""
        codes = {person["customer_code"]: place for place, person in enumerate(people) if "customer_code" in person}
        seen = Party.objects.visible_to(self.principal).filter(external_identities__key__in=codes)
        cards: dict[str, set[UUID]] = {}
        for key, party_id in seen.values_list("external_identities__key", "pk"):
            cards.setdefault(key, set()).add(party_id)
        for code, found in cards.items():
            if len(found) == 1 and code in codes:
                rows[codes[code]].party_id = next(iter(found))  # type: ignore[attr-defined]

    def _make(self, steps: Sequence[object]) -> list[Party]:
        arrivals = [
            Arrival(
                step.facts.draft,  # type: ignore[attr-defined]
                (self.spec,),
                source=self.batch.source,
                identities=tuple(step.facts.identities.items()),  # type: ignore[attr-defined]
            )
            for step in steps
        ]
        return bring_in(self.principal, arrivals)


def who_of(person: Mapping[str, str]) -> Who:
    """By what a customer of the file is told from the others: all that rows say of him."""
    return tuple(sorted(person.items()))


def _cell(name: str, person: Mapping[str, str]) -> str:
    if name == "customer" and name not in person:
        return _("Customer %(code)s") % {"code": person.get("customer_code") or next(iter(person.values()))}
    return person.get(name, "")
