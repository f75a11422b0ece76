"""The register of personal data as people read it: what, whose, what for, why, how long, and then."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.personal import PersonalData
from filo.foundation.privacy.models import RetentionRule
from filo.foundation.privacy.queries import Said, seen_rules
from filo.foundation.privacy.registry import kept_kinds, records
from filo.foundation.privacy.words import period

_FORMULA = re.compile(r"\s*[\t\r=+\-@＝＋－＠]")


@dataclass(frozen=True)
class Row:
    """One model of the register, in words."""

    data: PersonalData
    kept: list[str]

    @property
    def whose(self) -> str:
        """Whom it is about."""
        return ", ".join(str(whose.label) for whose in self.data.whose)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns under their categories: (category, names)."""
        return [
            (str(category.label), ", ".join(name for name, found in self.data.columns.items() if found is category))
            for category in self.data.categories
        ]

    @property
    def erased(self) -> str:
        """What becomes of it when somebody is erased."""
        words = {"delete": _("Deleted"), "anonymise": _("Made anonymous"), "keep": _("Kept")}[self.data.erasure.how]
        return f"{words}: {self.data.erasure.why}" if self.data.erasure.why else words


def register_rows(principal: Principal) -> list[Row]:
    """The whole register with the rules that are at work. Raises `Forbidden`."""
    rules = [said for said in seen_rules(principal) if said.rule.active]
    return [Row(data, _kept(data, rules)) for data in records()]


def kept_words(data: PersonalData) -> list[str]:
    """For how long one model's rows are kept, by the rules that are at work."""
    active = [Said(rule) for rule in RetentionRule.objects.filter(active=True).order_by("kind", "source")]
    return _kept(data, active)


def _kept(data: PersonalData, rules: Sequence[Said]) -> list[str]:
    if not data.kept:
        return [str(data.kept_words)]
    found = [f"{said.about}: {said.period}" for said in rules if said.rule.kind == data.kept]
    house = kept_kinds()[data.kept].house_days
    if house is not None:
        found.append(_("%(period)s at most") % {"period": period(house)})
    return found or [_("No rule yet: kept without end")]


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """The register as a table for spreadsheets, which take nothing in it for a formula."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    header = [_("What"), _("Where"), _("Whose"), _("Data"), _("What for")]
    header += [_("Legal basis"), _("How long"), _("Erasure")]
    yield "\ufeff" + str(writer.writerow(header))
    for row in rows:
        columns = "; ".join(f"{category}: {names}" for category, names in row.columns)
        cells = [row.data.label, row.data.model, row.whose, columns, row.data.purpose, row.data.basis.label]
        cells += ["; ".join(row.kept), row.erased]
        yield str(writer.writerow([_defused(str(cell)) for cell in cells]))


def _defused(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


class _Line:
    """A file for `csv.writer` that hands each line back."""

    def write(self, line: str) -> str:
        return line
