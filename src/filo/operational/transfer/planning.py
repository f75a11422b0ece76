"""What is to become of each row of a chunk: a new party, one that is there, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.folding import organisation_sort_key
from filo.operational.parties.models import ExternalIdentity, Party, PartyRelation
from filo.operational.parties.models.links import CONTACT_ROLES
from filo.operational.transfer.chosen import find_chosen, keys_to_learn, look_up_chosen
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import IDENTITY, Column, Field, fields_of, is_own
from filo.operational.transfer.matching import Index, Known, Unclear, groups_of
from filo.operational.transfer.own_columns import with_own_fields
from filo.operational.transfer.related import relate_own
from filo.operational.transfer.stored import look_up

CREATED, UPDATED, UNCHANGED, REJECTED = "created", "updated", "unchanged", "rejected"
THERE = "there"  # to be compared with what is there


@dataclass
class Step:
    """A row and what is to become of it; `again` when an earlier row of the file meant the same party, `kept` the
    values that it says otherwise and that stay: {name: (now, said)}. `by` is the key by which it was recognised,
    `is_new` where this row makes the party, `stayed` counts what it says otherwise of owner, stage and place and
    that stays.
    """

    facts: Facts
    outcome: str
    known: Known | None = None
    again: bool = False
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    by: str = ""
    is_new: bool = False
    stayed: int = 0


def usable_columns(principal: Principal, columns: Iterable[Column], kind: str) -> tuple[Column, ...]:
    """The mapping without the fields that this principal may not know of: neither written nor matched by."""
    hidden, fields = principal.hidden("party"), fields_of(kind)
    return with_own_fields(
        column
        if not column.field or is_own(column.field) or _is_usable(fields.get(column.field), hidden)
        else Column(column.header)
        for column in columns
    )


def _is_usable(field: Field | None, hidden: Collection[str]) -> bool:
    return field is not None and field.masked_by not in hidden


def plan(
    principal: Principal,
    index: Index,
    rows: Sequence[Facts],
    *,
    mode: str,
    columns: Sequence[Column],
    keys: Sequence[str] = (),
) -> list[Step]:
    """Decide for each row; rows that are new become known to the index. Reads only.

    `keys` are those that somebody chose, in their order; without them Filo recognises the rows as it does.
    """
    relate_own(principal, rows)
    if keys:
        look_up_chosen(principal, index, rows, keys)
    else:
        look_up(principal, index, rows)
    key_column = next((column.header for column in columns if column.field == IDENTITY), "")
    return [_step(index, facts, mode, key_column, keys) for facts in rows]


def _step(index: Index, facts: Facts, mode: str, key_column: str, keys: Sequence[str]) -> Step:
    if facts.draft is None:
        return Step(facts, REJECTED)
    try:
        known, by = find_chosen(index, facts, keys) if keys else index.find(facts)
    except Unclear as refusal:
        if not (refusal.is_silent and mode == "create"):
            facts.refuse(key_column, refusal)
            return Step(facts, REJECTED)
        known, by = None, ""
    if known is None and mode == "update":
        facts.refuse(key_column, _("Nobody here has these keys, and this import only updates."))
        return Step(facts, REJECTED)
    if known is not None and mode == "create":
        again, known.named_by = known.named_by > 0, facts.number
        facts.warn(key_column, _("It is there already, and this import only adds."))
        return Step(facts, UNCHANGED, known, again, by=by)
    is_new, known = known is None, known or Known()
    step = Step(facts, CREATED if is_new else THERE, known, known.named_by > 0, by=by, is_new=is_new)
    known.named_by = facts.number
    known.learn(facts)
    learned = keys_to_learn(facts, keys) if keys else (key for group in groups_of(facts) for key in group)
    index.add(known, learned)
    return step


@dataclass(frozen=True)
class Firms:
    """The organisations that people of a chunk work for, and who is known to work there already."""

    by_name: dict[str, list[UUID]]
    ties: set[tuple[UUID, UUID]]
    by_code: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def of(self, facts: Facts) -> UUID | None:
        """The one visible organisation that the row names, by code or name; a sentence in the row if there is none."""
        by_code = self.by_code.get(facts.company_code) if facts.company_code else None
        if by_code or not facts.company:
            return by_code
        found = self.by_name.get(name_of_firm(facts), [])
        if len(found) == 1:
            return found[0]
        sentence = (
            _("Several organisations are called “%(name)s”: the person came in without one.")
            if found
            else _("There is no organisation “%(name)s” here: the person came in without it.")
        )
        facts.warn(facts.columns.get("company", ""), sentence % {"name": facts.company[:80]})
        return None


def name_of_firm(facts: Facts) -> str:
    """The folded name of the firm that a row names, "" for none."""
    return organisation_sort_key(facts.company)[:260] if facts.company else ""


def makes_firms(wished: bool, mode: str) -> bool:
    """Whoever only updates makes nobody."""
    return wished and mode != "update"


def names_new_firm(step: Step, firms: Firms, mode: str) -> bool:
    """Whether a row that comes in names a firm that nobody here is called by."""
    if step.outcome == REJECTED or (mode == "create" and step.outcome != CREATED):
        return False
    facts = step.facts
    by_code = facts.company_code and facts.company_code in firms.by_code
    return bool(name_of_firm(facts)) and not by_code and not firms.by_name.get(name_of_firm(facts))


def firms_of(principal: Principal, steps: Sequence[Step]) -> Firms:
    """Look the firms of these rows up."""
    names = {name_of_firm(step.facts) for step in steps} - {""}
    by_name: dict[str, list[UUID]] = {}
    if names:
        seen = Party.objects.visible_to(principal).filter(kind="organisation", sort_name__in=names)
        for pk, name in seen.values_list("pk", "sort_name"):
            by_name.setdefault(name, []).append(pk)
    by_code = _by_codes(principal, {step.facts.company_code for step in steps if step.facts.company_code})
    people = [step.known.party_id for step in steps if step.known and step.known.party_id] if by_name or by_code else []
    ties = PartyRelation.objects.filter(from_party__in=people, role__in=CONTACT_ROLES) if people else None
    known = set(ties.values_list("from_party_id", "to_party_id")) if ties is not None else set()
    return Firms(by_name, known, by_code)


def _by_codes(principal: Principal, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    if not wanted:
        return {}
    rows = ExternalIdentity.objects.filter(key__in={code for _system, code in wanted})
    found = {(row[0], row[1]): row[2] for row in rows.values_list("system", "key", "party_id")}
    seen = Party.objects.visible_to(principal).filter(kind="organisation", pk__in=set(found.values()))
    there = set(seen.values_list("pk", flat=True))
    return {pair: found[pair] for pair in wanted if found.get(pair) in there}
