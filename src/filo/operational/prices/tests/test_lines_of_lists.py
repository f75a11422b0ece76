"""What a list says: pasted from a sheet, copied with something more, taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden
from filo.foundation.events.models import OutboxEvent
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.pasting import cells_of_text, read_lines
from filo.operational.prices.services.copies import copy_list
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules
from filo.operational.prices.tests.shop import Shop, a_list


@pytest.mark.parametrize(
    "text",
    [
        "SHIRT\t45,50\t1\nscarf\t1.234,00\t10",
        "sku;prezzo;da\nSHIRT;45.50;\nSCARF;1234;10",
        "prezzo,codice,da\n45.50,shirt,1\n1234.00,scarf,10",
        "shirt 45.50\nscarf 1234 10",
    ],
    ids=["sheet", "semicolons", "other-order", "blanks"],
)
def test_lines_are_read_however_they_are_parted(shop: Shop, text: str) -> None:
    found = read_lines(cells_of_text(text))
    assert found.wrong == []
    assert [(row.variant_id, row.value, row.min_quantity) for row in found.rows] == [
        (shop.goods["shirt"].pk, Decimal("45.5"), Decimal(1)),
        (shop.goods["scarf"].pk, Decimal(1234), Decimal(10)),
    ]


def test_each_row_that_is_wrong_says_why(shop: Shop) -> None:
    with override("en"):
        found = read_lines(
            cells_of_text("shirt\t10\nnone\t1\nscarf\tdear\nbook\t-1\nbook\t1\tmany\nSHIRT\t9\nbook\t3\t0")
        )
    assert len(found.rows) == 1
    assert found.wrong == [
        (2, "There is no article with the code “none”."),
        (3, "“dear” is not a price."),
        (4, "A price cannot be less than nothing."),
        (5, "“many” is not a quantity."),
        (6, "The same stands in row 1 already."),
        (7, "A tier begins at more than nothing."),
    ]


def test_the_same_lines_again_change_nothing(shop: Shop) -> None:
    boss, found = shop.world.principal("boss"), a_list("shops")
    rows = [RuleRow(Decimal(40), variant_id=shop.goods["shirt"].pk), RuleRow(Decimal(10), means="percent")]
    assert (write_rules(boss, found, rows), write_rules(boss, found, rows)) == (2, 0)
    assert OutboxEvent.objects.filter(type="price-list.prices-changed").count() == 1
    changed = RuleRow(Decimal(39), variant_id=shop.goods["shirt"].pk)
    gone = RuleRow(None)
    assert write_rules(boss, found, [changed, gone]) == 2
    assert [(rule.value, rule.about[:1]) for rule in PriceRule.objects.filter(list=found)] == [(Decimal(39), "v")]
    entry = AuditEntry.objects.filter(action="price-list.prices").latest("at")
    assert sorted(entry.changes.values()) == [["percent 10", None], ["price 40", "price 39"]]


def test_who_only_sees_lists_changes_none(shop: Shop) -> None:
    found = a_list("shops")
    with pytest.raises(Forbidden):
        write_rules(shop.world.principal("agent"), found, [RuleRow(Decimal(1))])
    with pytest.raises(Forbidden):
        save_list(shop.world.principal("agent"), None, {"name": "Mine"})


def test_a_copy_is_dearer_and_out_of_use(shop: Shop) -> None:
    boss, found = shop.world.principal("boss"), a_list("shops", customer_class="rivenditori", gross=True)
    write_rules(
        boss,
        found,
        [RuleRow(Decimal("12.99"), variant_id=shop.goods["scarf"].pk), RuleRow(Decimal(5), means="percent")],
    )
    copy = copy_list(boss, found, name="Shops 2027", percent=Decimal(3))
    assert (copy.code, copy.active, copy.gross, copy.customer_class) == ("shops-2027", False, True, "rivenditori")
    assert sorted(PriceRule.objects.filter(list=copy).values_list("means", "value")) == [
        ("percent", Decimal(5)),
        ("price", Decimal("13.38")),
    ]
    assert PriceRule.objects.filter(list=found).count() == 2
    assert PriceList.objects.count() == 2
