"""What a row says of what a new one is to us: the words for owner, stage, area, channel and product line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.folding import fold
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.transfer import vocabulary
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import BELONGING, THINGS, Column

Lookup = Mapping[str, Any]
_NAMES = frozenset(field.code for field in BELONGING)


class Words:
    """What the words of rows mean here; the few rows of the organisation are read when a file first names one."""

    def __init__(self) -> None:
        self._known: dict[str, Lookup] = {}

    def found(self, name: str, word: str) -> Any:
        """What a word means: by code or name, a person by e-mail or name; None when it is not known."""
        if name == "stage":
            return vocabulary.stage(word) or None
        if name not in self._known:
            self._known[name] = _LOOKUPS[name]()
        return self._known[name].get(fold(word))


class Placing:
    """Puts the words of rows in the place of the choices that hold for the whole file.

    What is not known here, or beyond what this principal may give, is told in the row and the choice of the file
    stays.
    """

    def __init__(self, principal: Principal, spec: RelationshipSpec) -> None:
        self._principal, self._spec = principal, spec
        self._words = Words()

    def spec_of(self, facts: Facts) -> RelationshipSpec:
        """What a new one is to us by its row."""
        company, line = self.firm_of(facts)
        spec = replace(self._spec, company=company, product_line=line)
        for name, found in self._meant(facts).items():
            if name == "owner" and not self._may_give_to(found):
                self._warn(facts, name, _("You may only bring in customers of your own."))
            elif name == "area":
                spec = self._in_area(facts, spec, found)
            elif name == "unit" and not self._may_give_unit(found):
                self._warn(facts, name, _("You may only bring in customers of your own unit."))
            else:
                spec = replace(spec, **{_PLACES.get(name, name): found.pk if name == "owner" else found})
        return spec

    def firm_of(self, facts: Facts) -> tuple[SellingCompany, ProductLine | None]:
        """The company, and its product line, of which a row speaks; the choice of the file where it names none."""
        company, line = self._spec.company, self._spec.product_line
        named = self._word(facts, "selling_company")
        if named is not None and self._works_in(named):
            company, line = named, line if line and line.company_id == named.pk else None
        elif named is not None:
            self._warn(facts, "selling_company", _("You do not work in this company."))
        named = self._word(facts, "product_line")
        if named is not None and named.company_id == company.pk:
            line = named
        elif named is not None:
            sentence = _("“%(value)s” is not sold by this company.")
            self._warn(facts, "product_line", sentence % {"value": facts.belongs["product_line"][:60]})
        return company, line

    def places_of(self, facts: Facts, now: Relationship) -> dict[str, Any]:
        """What a row says of a relationship that is there: stage, owner, area, channel, unit."""
        found = self._meant(facts)
        area = found.get("area")
        if area is not None and "unit" not in found and area != now.area and area.default_unit:
            found["unit"] = area.default_unit
        return found

    def _meant(self, facts: Facts) -> dict[str, Any]:
        """What the words mean, without company and line."""
        found = {name: self._word(facts, name) for name in facts.belongs if name not in _FIRM}
        # The unit of an area gives way to one that is named.
        return {name: found[name] for name in sorted(found, key="unit".__eq__) if found[name] is not None}

    def _word(self, facts: Facts, name: str) -> Any:
        word = facts.belongs.get(name, "")
        found = self._words.found(name, word) if word else None
        if word and found is None:
            self._warn(facts, name, _("“%(value)s” is not known here.") % {"value": word[:60]})
        return found

    def _works_in(self, company: SellingCompany) -> bool:
        return self._principal.company_ids is None or company.pk in self._principal.company_ids

    def _may_give_unit(self, unit: Unit) -> bool:
        own = {self._principal.unit_id, *self._principal.unit_ids}
        if self._principal.scope("party", "create") in (Scope.TEAM, Scope.UNIT) and unit.pk not in own:
            return False
        return self._principal.may("party", "assign") or unit.pk == self._principal.unit_id

    def _may_give_to(self, person: User) -> bool:
        return self._principal.may("party", "assign") or person.pk == self._principal.user_id

    def _in_area(self, facts: Facts, spec: RelationshipSpec, area: Area) -> RelationshipSpec:
        """With its area goes its unit; who brings in for the own unit alone gives no other."""
        unit: Unit | None = area.default_unit or spec.unit
        by_unit = self._principal.scope("party", "create") in (Scope.TEAM, Scope.UNIT)
        own = {self._principal.unit_id, *self._principal.unit_ids}
        may_give = self._principal.may("party", "assign") or unit is None or unit.pk == self._principal.unit_id
        if (by_unit and (unit is None or unit.pk not in own)) or not may_give:
            self._warn(facts, "area", _("This area belongs to another unit than yours."))
            return spec
        return replace(spec, area=area, unit=unit)

    def _warn(self, facts: Facts, name: str, sentence: str) -> None:
        facts.warn(facts.columns.get(name, ""), sentence)


def without_strangers(
    columns: Sequence[Column], values: Callable[[int], Sequence[str]], kind: str
) -> tuple[Column, ...]:
    """The columns without those that would say what a new customer is to us in words that mean nothing here; the unit
    of a product is none of them.
    """
    if kind in THINGS:
        return tuple(columns)
    words = Words()

    def is_strange(place: int, column: Column) -> bool:
        if column.field not in _NAMES:
            return False
        told = values(place)
        return sum(words.found(column.field, word) is not None for word in told) * 2 < len(told)

    return tuple(Column(column.header) if is_strange(place, column) else column for place, column in enumerate(columns))


def _people() -> Lookup:
    found: dict[str, User | None] = {}
    for user in User.objects.filter(is_active=True):
        for name in {fold(f"{user.given_name} {user.family_name}"), fold(f"{user.family_name} {user.given_name}")} - {
            ""
        }:
            found[name] = None if name in found else user  # two of one name are nobody
        found[fold(user.email)] = user
    return found


def _of_ours(model: type[Model]) -> Callable[[], Lookup]:
    def lookup() -> Lookup:
        rows: Any = list(model._default_manager.all())
        return {fold(row.name): row for row in rows} | {fold(row.code): row for row in rows}

    return lookup


def _named(model: type[Model]) -> Callable[[], Lookup]:
    def lookup() -> Lookup:
        rows: Any = model._default_manager.select_related("default_unit")
        found: dict[str, Any] = {}
        for row in rows:
            found.setdefault(fold(row.name), row)
        return found | {fold(row.code): row for row in rows}

    return lookup


_LOOKUPS: Mapping[str, Callable[[], Lookup]] = {
    "owner": _people,
    "area": _named(Area),
    "channel": _named(Channel),
    "product_line": _named(ProductLine),
    "selling_company": _of_ours(SellingCompany),
    "unit": _of_ours(Unit),
}
_PLACES = {"owner": "owner_id"}
_FIRM = ("selling_company", "product_line")
