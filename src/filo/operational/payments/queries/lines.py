"""The lines of a file of a bank, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.payments.models import BankFile, BankLine, Due
from filo.operational.payments.words import LINE_REFUSALS, LINES_LEFT_OUT, REASONS


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
    left_out: list[tuple[int, str]]

    @property
    def whole(self) -> int:
        booked = self.matched + self.proposed + self.unknown + self.ignored + self.again
        return booked + len(self.refused) + len(self.left_out)


def account_for(file: BankFile) -> Account:
    """All lines of the file, accounted for."""
    return accounts_for([file])[file.pk]


def accounts_for(files: Sequence[BankFile]) -> dict[UUID, Account]:
    """The same of several, by their ids, in one reading."""
    counted: dict[UUID, dict[str, int]] = {file.pk: {} for file in files}
    rows = BankLine.objects.filter(file__in=counted).order_by().values_list("file", "state").annotate(n=Count("pk"))
    for file_id, state, number in rows:
        counted[file_id][state] = number
    return {
        file.pk: Account(
            matched=counted[file.pk].get("matched", 0),
            proposed=counted[file.pk].get("proposed", 0),
            unknown=counted[file.pk].get("unknown", 0),
            ignored=counted[file.pk].get("ignored", 0),
            again=file.again,
            refused=[(n, str(LINE_REFUSALS.get(why, why))) for n, why in file.refused if why not in LINES_LEFT_OUT],
            left_out=[(n, str(LINES_LEFT_OUT[why])) for n, why in file.refused if why in LINES_LEFT_OUT],
        )
        for file in files
    }


def lines_found(file: BankFile, state: str = "") -> QuerySet[BankLine]:
    """The lines of a file that one sees, or those of them in a state, without order."""
    rows = BankLine.objects.filter(file=file).order_by()
    return rows.filter(state=state) if state else rows


def seen_line(file: BankFile, line_id: UUID) -> BankLine:
    """A line of a file that one sees. Raises `NotFound`."""
    found = lines_found(file).filter(pk=line_id).first()
    if found is None:
        raise NotFound
    return found


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
