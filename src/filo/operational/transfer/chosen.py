"""Recognises rows by the keys that somebody chose: the first by which anybody is found decides, nothing is guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.fields.models import FieldValue
from filo.foundation.fields.queries import fields_of
from filo.foundation.folding import fold
from filo.operational.parties.models import Address, ContactPoint, Party
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.keys import CALLED, FILO, WRITTEN, key_label, number_key, own_key, said_of
from filo.operational.transfer.mapping import IDENTITY, OWN_CODE, is_own
from filo.operational.transfer.matching import Index, Key, Known, Unclear, groups_of
from filo.operational.transfer.own_columns import ENTITY
from filo.operational.transfer.stored import by_codes, by_tax, look_up, take_for_own

Told = tuple[UUID, Key]


def look_up_chosen(principal: Principal, index: Index, rows: Sequence[Facts], keys: Sequence[str]) -> None:
    """Put the stored parties that these rows may mean by these keys into the index: those this principal sees."""
    clean = [facts for facts in rows if facts.draft]
    if not clean:
        return
    seen: QuerySet[Party] = Party.objects.visible_to(principal)
    take_for_own(rows)
    by_codes(seen, index, rows)  # whether chosen or not: a code that somebody has is given to nobody else
    for kind in sorted({facts.draft.kind for facts in clean if facts.draft}):
        of_kind = [facts for facts in clean if facts.draft and facts.draft.kind == kind]
        for key in keys:
            _by_key(seen, index, kind, key, of_kind)
    if FILO in keys:
        ids = {facts.number: facts.party_id for facts in clean}
        look_up(principal, index, rows)
        for facts in clean:
            facts.party_id = ids[facts.number]


def _by_key(seen: QuerySet[Party], index: Index, kind: str, key: str, rows: Sequence[Facts]) -> None:
    if key in (FILO, IDENTITY):
        return
    if key in ("vat_number", "codice_fiscale"):
        by_tax(seen, index, kind, [facts.draft for facts in rows if facts.draft])
        return
    wanted = {said for facts in rows for said in said_of(facts, key)}
    for party_id, said in _told(seen, kind, key, wanted) if wanted else ():
        if said in wanted:
            index.add(index.party(party_id), [said])


def _told(seen: QuerySet[Party], kind: str, key: str, wanted: Collection[Key]) -> Iterator[Told]:
    if key == OWN_CODE:
        for pk in seen.filter(pk__in={UUID(said[1]) for said in wanted}).values_list("pk", flat=True):
            yield pk, (OWN_CODE, str(pk))
    elif key in ("email", "phone"):
        yield from _reached(seen, kind, key, {said[2] for said in wanted})
    elif is_own(key):
        yield from _by_own(seen, kind, key, {said[3] for said in wanted})
    else:
        named = seen.filter(kind=kind, sort_name__in={said[2] for said in wanted}).values_list("pk", "sort_name")
        names = dict(named)
        if key == "name":
            yield from ((pk, ("name", kind, name)) for pk, name in names.items())
            return
        for pk, city in Address.objects.filter(party__in=list(names)).values_list("party_id", "city"):
            yield pk, ("name-city", kind, names[pk], fold(city))


def _reached(seen: QuerySet[Party], kind: str, key: str, values: set[str]) -> Iterator[Told]:
    points = ContactPoint.objects.filter(normalised__in=values, type__in=WRITTEN if key == "email" else CALLED)
    ends = list(points.values_list("party_id", "normalised"))
    there = _of_kind(seen, kind, {pk for pk, _value in ends})
    yield from ((pk, (key, kind, value)) for pk, value in ends if pk in there)


def _by_own(seen: QuerySet[Party], kind: str, key: str, values: set[str]) -> Iterator[Told]:
    field = next((field for field in fields_of(ENTITY) if field.name == key), None)
    if field is None:
        return
    is_number = field.column == "number"
    rows = FieldValue.objects.filter(field=field, **{f"{field.column}__in": values})
    ends: list[tuple[UUID, Any]] = list(rows.values_list("object_id", field.column))
    there = _of_kind(seen, kind, {pk for pk, _value in ends})
    for pk, value in ends:
        if pk in there:
            yield pk, ("own", kind, key, number_key(value) if is_number else own_key(value))


def _of_kind(seen: QuerySet[Party], kind: str, ids: set[UUID]) -> set[UUID]:
    return set(seen.filter(kind=kind, pk__in=ids).values_list("pk", flat=True)) if ids else set()


def find_chosen(index: Index, facts: Facts, keys: Sequence[str]) -> tuple[Known | None, str]:
    """The party that a row means by the first of these keys that anybody has, and that key; None when it is new.

    Raises `Unclear` when several have it, when the row says nothing of any key, and when its codes are another's.
    """
    is_said = False
    for key in keys:
        if key == FILO:
            known, by = index.find(facts)
            if known is not None:
                return _with_own_codes(index, facts, known), by
            is_said = True
            continue
        said = said_of(facts, key)
        is_said = is_said or bool(said)
        found = index.having(said)
        if len(found) > 1:
            sentence = _("Several records have what this row says of “%(key)s”: it is not guessed which is meant.")
            raise Unclear(sentence % {"key": key_label(key)})
        if found:
            return _with_own_codes(index, facts, found[0]), key
    _with_own_codes(index, facts, None)
    if not is_said:
        sentence = _("The row says nothing of “%(keys)s”, by which it was to be recognised.")
        raise Unclear(sentence % {"keys": ", ".join(map(key_label, keys))}, is_silent=True)
    if OWN_CODE in keys and facts.party_id:
        raise Unclear(_("Nobody here has this Filo ID."))
    return None, ""


def _with_own_codes(index: Index, facts: Facts, known: Known | None) -> Known:
    """The same, unless a code of the row is that of another party: none has two owners."""
    for said in said_of(facts, IDENTITY):
        if any(other is not known for other in index.having([said])):
            raise Unclear(_("The code “%(code)s” already belongs to another record.") % {"code": said[2][:60]})
    if known is not None and not known.visible:
        raise Unclear(_("This code already belongs to a record that is not yours to see, or is in the bin."))
    return known or Known()


def keys_to_learn(facts: Facts, keys: Sequence[str]) -> Iterator[Key]:
    """By what later rows of the file will mean the same party."""
    for key in {*keys, IDENTITY} - {FILO}:
        yield from said_of(facts, key)
    if FILO in keys:
        yield from (key for group in groups_of(facts) for key in group)
