"""Lists of dues and payments: found, narrowed, paged, and how old what is open is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest, NotFound
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching
from filo.operational.parties.queries.naming import names_of
from filo.operational.payments.filters import AGE_LABELS, DUE_FILTERS, PAYMENT_FILTERS, of_age
from filo.operational.payments.models import NOTHING, BankFile, Due, Payment

Found = TypeVar("Found")
DUE_SORTS = {
    "due_on": (Key("due_on"), Key("id")),
    "-due_on": (Key("due_on", descending=True), Key("id", descending=True)),
    "amount": (Key("amount"), Key("id")),
    "-amount": (Key("amount", descending=True), Key("id", descending=True)),
}
PAYMENT_SORTS = {
    "-paid_on": (Key("paid_on", descending=True), Key("id", descending=True)),
    "paid_on": (Key("paid_on"), Key("id")),
    "amount": (Key("amount"), Key("id")),
    "-amount": (Key("amount", descending=True), Key("id", descending=True)),
}
_LEFT = F("amount") - F("paid") - F("credited")


@dataclass(frozen=True)
class Age:
    """What is open of one age in one currency; share: of all that is open, in percent."""

    code: str
    label: str
    total: Decimal
    number: int
    share: int


@dataclass(frozen=True)
class Ages:
    """All that is open in one currency."""

    currency: str
    total: Decimal
    overdue: Decimal
    parts: list[Age]


@dataclass(frozen=True)
class Debtor:
    """What one customer owes in one currency, the most overdue first."""

    party_id: UUID
    name: str
    currency: str
    total: Decimal
    overdue: Decimal
    number: int


def dues_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Due]:
    """The visible dues that match, without order. Raises `BadRequest` for an unknown filter."""
    found = Due.objects.visible_to(principal).filter(compile_tree(tree, DUE_FILTERS, principal))
    return found.filter(Q(document__icontains=text.strip()) | _of(principal, text)) if text.strip() else found


def payments_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Payment]:
    """The visible payments that match, without order. Raises `BadRequest` for an unknown filter."""
    found = Payment.objects.visible_to(principal).filter(compile_tree(tree, PAYMENT_FILTERS, principal))
    return found.filter(Q(reference__icontains=text.strip()) | _of(principal, text)) if text.strip() else found


def _of(principal: Principal, text: str) -> Q:
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return Q(party__in=customers.values("pk"))


def page_of_dues(found: QuerySet[Due], *, sort: str, size: int, cursor: str) -> Page[Due]:
    """One page. Raises `BadRequest` for an unknown order."""
    return page_of(found.select_related("owner", "company"), _keys(DUE_SORTS, sort), size=size, cursor=cursor)


def page_of_payments(found: QuerySet[Payment], *, sort: str, size: int, cursor: str) -> Page[Payment]:
    """One page. Raises `BadRequest` for an unknown order."""
    return page_of(found.select_related("owner", "company"), _keys(PAYMENT_SORTS, sort), size=size, cursor=cursor)


def _keys(sorts: Mapping[str, tuple[Key, ...]], sort: str) -> tuple[Key, ...]:
    if sort not in sorts:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
    return sorts[sort]


def ages_of(found: QuerySet[Due]) -> list[Ages]:
    """How old what is open is, for each currency, in one reading."""
    sums: dict[str, Any] = {}
    for code, _label in AGE_LABELS:
        sums[f"{code}:sum"] = Sum(_LEFT, filter=of_age(code))
        sums[f"{code}:number"] = Count("pk", filter=of_age(code))
    rows = found.filter(settled_on=None).order_by().values("currency")
    rows = rows.annotate(**{name.replace("-", "_").replace(":", "__"): value for name, value in sums.items()})
    return sorted((_ages(row) for row in rows), key=lambda one: -one.total)


def _ages(row: Mapping[str, Any]) -> Ages:
    def value(code: str, what: str) -> Decimal:
        return Decimal(str(row[f"{code.replace('-', '_')}__{what}"] or 0))

    total = sum((value(code, "sum") for code, _label in AGE_LABELS), NOTHING)
    parts = [
        Age(
            code,
            str(label),
            value(code, "sum"),
            int(value(code, "number")),
            int(100 * value(code, "sum") / total) if total else 0,
        )
        for code, label in AGE_LABELS
    ]
    return Ages(str(row["currency"]), total, sum((one.total for one in parts[1:]), NOTHING), parts)


def debtors(principal: Principal, found: QuerySet[Due], *, most: int = 10) -> list[Debtor]:
    """Who owes most that is overdue; a customer whom one does not see is not among them."""
    late = Q(settled_on=None) & ~of_age("not-due")
    rows = found.filter(settled_on=None).order_by().values("party_id", "currency")
    rows = rows.annotate(total=Sum(_LEFT), overdue=Sum(_LEFT, filter=late), number=Count("pk"))
    top = list(rows.order_by(F("overdue").desc(nulls_last=True), "-total")[: most * 2])
    names = names_of(principal, {row["party_id"] for row in top})
    return [
        Debtor(
            row["party_id"],
            names[row["party_id"]],
            row["currency"],
            row["total"],
            row["overdue"] or NOTHING,
            row["number"],
        )
        for row in top
        if row["party_id"] in names
    ][:most]


def seen_due(principal: Principal, due_id: UUID) -> Due:
    """Raises `NotFound`."""
    return _seen(Due.objects.visible_to(principal).for_list().filter(pk=due_id).first())


def seen_payment(principal: Principal, payment_id: UUID) -> Payment:
    """Raises `NotFound`."""
    rows = Payment.objects.visible_to(principal).for_list().select_related("account", "wants")
    return _seen(rows.filter(pk=payment_id).first())


def taken_back_payment(principal: Principal, payment_id: UUID) -> Payment:
    """One that was written down by mistake. Raises `NotFound`."""
    return _seen(Payment.objects.taken_back(principal).for_list().filter(pk=payment_id).first())


def seen_bank_file(principal: Principal, file_id: UUID) -> BankFile:
    """Raises `NotFound`."""
    return _seen(BankFile.objects.visible_to(principal).select_related("company").filter(pk=file_id).first())


def _seen(found: Found | None) -> Found:
    if found is None:
        raise NotFound
    return found


def named(principal: Principal, rows: Sequence[Due] | Sequence[Payment]) -> list[tuple[Due | Payment, str]]:
    """Each with the name of its customer, as far as this principal sees him."""
    names = names_of(principal, {row.party_id for row in rows if row.party_id})
    return [(row, names.get(row.party_id, "") if row.party_id else "") for row in rows]


def dues_to_share(principal: Principal, payment: Payment) -> list[tuple[Due, Decimal, Decimal]]:
    """The dues that a payment may pay: each with what it pays of it now, and what it could pay."""
    now = {share.due_id: share.amount for share in payment.shares.all()}
    if payment.party_id is None or not payment.is_in or payment.direction != "in":
        return []
    rows = Due.objects.visible_to(principal).filter(party=payment.party_id, company=payment.company_id)
    rows = rows.filter(Q(settled_on=None) | Q(pk__in=now), currency=payment.currency).order_by("due_on", "id")
    return [(due, now.get(due.pk, NOTHING), due.left + now.get(due.pk, NOTHING)) for due in rows[:100]]
