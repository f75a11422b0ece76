"""Firms that people of a file work for and that are not here yet: each is made once, by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.parties.drafts import PartyDraft, clean_party
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.planning import Firms, Step, makes_firms, name_of_firm, names_new_firm


def found_firms(
    principal: Principal, batch: ImportBatch, steps: Sequence[Step], firms: Firms, spec: RelationshipSpec
) -> Mapping[int, UUID]:
    """Make the firms that these rows name and that are not here; gives each by the number of the row that named it.

    Belongs into the transaction of the chunk. A name that cannot be one is told in its row, as where nobody is made.
    """
    if not makes_firms(batch.make_firms, batch.mode):
        return {}
    drafts: dict[str, tuple[Facts, PartyDraft]] = {}
    for step in steps:
        name = name_of_firm(step.facts)
        if names_new_firm(step, firms, batch.mode) and name not in drafts:
            try:
                draft = clean_party({"kind": "organisation", "legal_name": step.facts.company})
            except InvalidFields:
                continue
            drafts[name] = step.facts, draft
    arrivals = [Arrival(draft, (spec,), source=batch.source) for _facts, draft in drafts.values()]
    try:
        made = bring_in(principal, arrivals) if arrivals else []
    except DomainError as refusal:
        for facts, _draft in drafts.values():
            facts.warn(facts.columns.get("company", ""), refusal)
        return {}
    for name, party in zip(drafts, made, strict=True):
        firms.by_name[name] = [party.id]
    return {facts.number: party.id for (facts, _draft), party in zip(drafts.values(), made, strict=True)}
