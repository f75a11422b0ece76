"""From the codes and addresses that a body names to the rows they stand for, or a sentence at each that is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.accounts.models import User
from filo.foundation.accounts.rest import people_named
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.api.shapes import RelationshipBody
from filo.operational.parties.services.arrivals import RelationshipSpec

_MODELS: dict[str, Any] = {
    "company": SellingCompany.objects.all(),
    "product_line": ProductLine.objects.all(),
    "area": Area.objects.select_related("default_unit"),
    "channel": Channel.objects.all(),
    "unit": Unit.objects.all(),
}


@dataclass
class References:
    """What some bodies name, read in one query a dimension; `problems` collects what stands for nothing."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    problems: dict[str, list[Sentence]] = field(default_factory=dict)

    def read(self, bodies: Sequence[Any]) -> None:
        """Find everything that the bodies name."""
        for name, rows in _MODELS.items():
            codes = {code for body in bodies if (code := getattr(body, name, None))}
            self.rows[name] = {row.code: row for row in rows.filter(code__in=codes)} if codes else {}
        named = [body.owner for body in bodies if body.owner]
        self.people = people_named([*named, *(member for body in bodies for member in body.members)])

    def row(self, name: str, code: str | None, path: str = "") -> Any:
        """The row of a dimension; None for no code, and for one that stands for nothing."""
        if not code:
            return None
        found = self.rows[name].get(code)
        if found is None:
            self.refuse(f"{path}{name}", _("There is nothing with the code “%(code)s”.") % {"code": code[:60]})
        return found

    def person(self, name: str | None, path: str) -> UUID | None:
        """The id of a colleague; None for nobody, and for somebody who does not work here."""
        if not name:
            return None
        found = self.people.get(name)
        if found is None:
            self.refuse(path, _("Choose somebody who works here."))
        return found.id if found else None

    def members(self, names: Iterable[str], path: str = "members") -> tuple[UUID, ...]:
        """The ids of colleagues, each once."""
        found = [self.person(name, f"{path}.{place}") for place, name in enumerate(names)]
        return tuple(dict.fromkeys(key for key in found if key))

    def refuse(self, path: str, sentence: Sentence) -> None:
        """Note what is wrong at a path."""
        self.problems.setdefault(path, []).append(sentence)

    def stop(self) -> None:
        """Raises `InvalidFields` when anything was wrong."""
        if self.problems:
            raise InvalidFields(dict(self.problems))


def relationship_specs(bodies: Sequence[RelationshipBody], *, path: str) -> tuple[RelationshipSpec, ...]:
    """What the verbs take, for relationships of one party. Raises `InvalidFields`.

    `path` leads the names of fields: `relationships.{place}.`, or nothing for a single one.
    """
    found = References()
    found.read(bodies)
    specs = [_spec(found, body, path.format(place=place)) for place, body in enumerate(bodies)]
    seen: set[tuple[str, str | None]] = set()
    for place, body in enumerate(bodies):
        if (body.company, body.product_line) in seen:
            found.refuse(path.format(place=place) + "company", _("This relationship is given twice."))
        seen.add((body.company, body.product_line))
    found.stop()
    return tuple(specs)


def _spec(found: References, body: RelationshipBody, path: str) -> RelationshipSpec:
    company, line = found.row("company", body.company, path), found.row("product_line", body.product_line, path)
    if not body.company:
        found.refuse(f"{path}company", _("This is required."))
    if company and line and line.company_id != company.id:
        found.refuse(f"{path}product_line", _("This product line belongs to another company."))
    return RelationshipSpec(
        company=company,
        product_line=line,
        area=found.row("area", body.area, path),
        channel=found.row("channel", body.channel, path),
        unit=found.row("unit", body.unit, path),
        owner_id=found.person(body.owner, f"{path}owner"),
        stage=body.stage or "",
        members=found.members(body.members, f"{path}members"),
    )
