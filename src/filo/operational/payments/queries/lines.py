"""The lines of a file of a bank, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from filo.foundation.access.principal import Principal
from filo.operational.payments.models import BankFile, BankLine, Due
from filo.operational.payments.words import LINE_REFUSALS, REASONS


@dataclass(frozen=True)
class Row:
    """A line with what is proposed for it, in words."""

    line: BankLine
    due: Due | None
    reasons: list[str]


@dataclass(frozen=True)
class Account:
    """What became of the lines: each is in one of these."""

    matched: int
    proposed: int
    unknown: int
    ignored: int
    again: int
    refused: list[tuple[int, str]]

    @property
    def whole(self) -> int:
        return self.matched + self.proposed + self.unknown + self.ignored + self.again + len(self.refused)


def account_for(file: BankFile) -> Account:
    """All lines of the file, accounted for."""
    rows = BankLine.objects.filter(file=file).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    refused = [(int(number), str(LINE_REFUSALS.get(why, why))) for number, why in file.refused]
    return Account(
        matched=found.get("matched", 0),
        proposed=found.get("proposed", 0),
        unknown=found.get("unknown", 0),
        ignored=found.get("ignored", 0),
        again=file.again,
        refused=refused,
    )


def lines_of(principal: Principal, file: BankFile, state: str, *, most: int = 200) -> list[Row]:
    """Those in a state, the surest first. What one does not see is not shown as proposed."""
    rows = BankLine.objects.filter(file=file, state=state).select_related("payment__party")
    lines = list(rows.order_by("-probability", "position")[:most])
    ids = {line.due_id for line in lines if line.due_id}
    dues = {due.pk: due for due in Due.objects.visible_to(principal).for_list().filter(pk__in=ids)}
    return [
        Row(line, dues.get(line.due_id) if line.due_id else None, [str(REASONS.get(one, one)) for one in line.reasons])
        for line in lines
    ]
