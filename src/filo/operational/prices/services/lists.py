"""Price lists: made, changed, copied, and what they say about articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.money import CURRENCIES
from filo.operational.prices.events import PriceListChanged, PricesChanged
from filo.operational.prices.models import PriceList, PriceRule, about_of
from filo.operational.prices.policies import PRICE_KEPT
from filo.operational.prices.services.keeping import keep

HUNDRED = Decimal(100)
# So many changes stand in one entry of the audit.
IN_AN_ENTRY = 1000


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One line of a list as it is to be; `value` None: there is to be none."""

    value: Decimal | None
    min_quantity: Decimal = Decimal(1)
    means: str = "price"
    variant_id: UUID | None = None
    product_id: UUID | None = None
    line_id: UUID | None = None
    category: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def key(self) -> tuple[str, Decimal, date | None]:
        """What no two lines of a list share."""
        about = about_of(variant=self.variant_id, product=self.product_id, line=self.line_id, category=self.category)
        return about, self.min_quantity.normalize(), self.valid_from


def save_list(
    principal: Principal, found: PriceList | None, facts: Mapping[str, Any], *, version: int | None = None
) -> PriceList:
    """Make a list or change it. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    told = dict(facts)
    if found is None:
        found = PriceList(code=told.pop("code", "") or free_code(told.get("name", "")), created_at=clock.now())
    drop_empty_code(told)
    code = told.get("code", found.code)
    if PriceList.objects.filter(code=code).exclude(pk=found.pk).exists():
        raise InvalidFields({"code": _("There is a price list of this code already.")})
    refuse_nameless(found, told)
    refuse_scope(found, told)
    refuse_currency(found, told)
    tells = lambda pk, fields: PriceListChanged(price_list=pk, fields=fields)  # noqa: E731
    return keep(principal, found, told, kind="price-list", tells=tells, version=version)


def refuse_scope(found: Any, told: Mapping[str, Any]) -> None:
    """Raises `InvalidFields` for days that end before they begin."""
    since, until = (told.get(name, getattr(found, name)) for name in ("valid_from", "valid_to"))
    if since and until and until < since:
        raise InvalidFields({"valid_to": _("It ends before it begins.")})


def refuse_nameless(found: Any, told: Mapping[str, Any]) -> None:
    """Raises `InvalidFields` where nobody could tell it from others."""
    if not told.get("name", found.name).strip():
        raise InvalidFields({"name": _("Say what it is called.")})


def refuse_currency(found: Any, told: Mapping[str, Any]) -> None:
    """Raises `InvalidFields` for a currency that no rate could be of."""
    if told.get("currency", found.currency) not in CURRENCIES:
        raise InvalidFields({"currency": _("This currency is not known.")})


def drop_empty_code(told: dict[str, Any]) -> None:
    """A code that is said to be empty stays as it is."""
    if "code" in told and not told["code"]:
        del told["code"]


def free_code(name: str) -> str:
    """A code that is free, made of a name."""
    stem = slugify(name)[:50] or "list"
    taken = set(PriceList.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{count}" for count in range(2, 10_000))) if code not in taken)


def write_rules(principal: Principal, found: PriceList, rows: Iterable[RuleRow], *, version: int | None = None) -> int:
    """Put lines on a list, in place of what it said about the same from the same quantity on; gives how many changed.

    Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    wanted = {row.key: row for row in rows}
    _refuse_rows(wanted.values())
    principal.require("price", "edit")
    with transaction.atomic():
        locked = PriceList.objects.select_for_update().get(pk=found.pk)
        if not PRICE_KEPT.allows(principal, locked):
            raise Forbidden
        there = {_key(one): one for one in PriceRule.objects.filter(list=locked, about__in={key[0] for key in wanted})}
        changes = {key: row for key, row in wanted.items() if _differs(there.get(key), row)}
        if not changes:
            return 0
        told = [(_word(key), (_said(there.get(key)), _said_row(row))) for key, row in changes.items()]
        if version is not None and version != locked.version:
            raise Stale(dict(told), version=locked.version)
        _write(locked, there, changes)
        locked.version += 1
        locked.save(update_fields=["version"])
        for first in range(0, len(told), IN_AN_ENTRY):
            part = dict(told[first : first + IN_AN_ENTRY])
            record(principal, "price-list.prices", kind="price-list", object_id=locked.pk, changes=part)
        announce(principal, PricesChanged(price_list=locked.pk, rules=len(changes)))
    return len(changes)


def _refuse_rows(rows: Iterable[RuleRow]) -> None:
    for place, row in enumerate(rows):
        if row.min_quantity <= 0:
            raise InvalidFields({f"rules.{place}": _("A tier begins at more than nothing.")})
        if row.value is not None and row.value < 0:
            raise InvalidFields({f"rules.{place}": _("A price cannot be less than nothing.")})
        if row.means == "percent" and row.value is not None and row.value > HUNDRED:
            raise InvalidFields({f"rules.{place}": _("A percentage off is between 0 and 100.")})
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            raise InvalidFields({f"rules.{place}": _("It ends before it begins.")})


def _key(rule: PriceRule) -> tuple[str, Decimal, date | None]:
    return rule.about, rule.min_quantity.normalize(), rule.valid_from


def _differs(rule: PriceRule | None, row: RuleRow) -> bool:
    if rule is None or row.value is None:
        return (rule is None) != (row.value is None)
    return (rule.means, rule.value, rule.valid_to) != (row.means, row.value, row.valid_to)


def _write(found: PriceList, there: Mapping[Any, PriceRule], changes: Mapping[Any, RuleRow]) -> None:
    made, changed, gone = [], [], []
    for key, row in changes.items():
        rule = there.get(key)
        if row.value is None and rule is not None:
            gone.append(rule.pk)
        elif rule is not None and row.value is not None:
            rule.means, rule.value, rule.valid_to = row.means, row.value, row.valid_to
            changed.append(rule)
        elif row.value is not None:
            made.append(_made(found, key[0], row, row.value))
    PriceRule.objects.filter(pk__in=gone).delete()
    PriceRule.objects.bulk_update(changed, ["means", "value", "valid_to"], batch_size=500)
    PriceRule.objects.bulk_create(made, batch_size=1000)


def _made(found: PriceList, about: str, row: RuleRow, value: Decimal) -> PriceRule:
    return PriceRule(
        list=found,
        about=about,
        variant_id=row.variant_id,
        product_id=row.product_id,
        line_id=row.line_id,
        category=row.category,
        min_quantity=row.min_quantity,
        means=row.means,
        value=value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _word(key: tuple[str, Decimal, date | None]) -> str:
    about, start, since = key
    return f"{about}|{start:f}|{since.isoformat() if since else ''}"


def _said(rule: PriceRule | None) -> str | None:
    return None if rule is None else _words(rule.means, rule.value, rule.valid_to)


def _said_row(row: RuleRow) -> str | None:
    return None if row.value is None else _words(row.means, row.value, row.valid_to)


def _words(means: str, value: Decimal, until: date | None) -> str:
    return f"{means} {value.normalize():f} {until.isoformat() if until else ''}".strip()


def row_told(word: str, said: str | None) -> RuleRow:
    """The line that an entry of the audit tells of."""
    about, start, since = word.split("|")
    kind, name = about[:1], about[2:]
    means, value, until = [*((said or "").split()), "", "", ""][:3]
    return RuleRow(
        value=Decimal(value) if value else None,
        min_quantity=Decimal(start),
        means=means or "price",
        variant_id=UUID(name) if kind == "v" else None,
        product_id=UUID(name) if kind == "p" else None,
        line_id=UUID(name) if kind == "l" else None,
        category=name if kind == "c" else "",
        valid_from=date.fromisoformat(since) if since else None,
        valid_to=date.fromisoformat(until) if until else None,
    )


def what_is_said(found: PriceList, words: Sequence[str]) -> dict[str, str | None]:
    """What a list says now about what those words tell of."""
    keys = {word: row_told(word, None).key for word in words}
    rules = PriceRule.objects.filter(list=found, about__in={key[0] for key in keys.values()})
    there = {_key(rule): rule for rule in rules}
    return {word: _said(there.get(key)) for word, key in keys.items()}


def raised(value: Decimal, percent: Decimal) -> Decimal:
    """A price with some percent more, to the cent; below one to a hundredth of a cent."""
    more = value * (HUNDRED + percent) / HUNDRED
    return more.quantize(Decimal("0.01") if more >= 1 else Decimal("0.0001"), "ROUND_HALF_UP")
