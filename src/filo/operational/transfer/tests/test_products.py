"""Products out of files: lists in Italian, exports of shops; again they change nothing; they go back at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from filo.foundation.access.principal import system
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.catalogue.models import Product, StockPlace, Variant, VatClass
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.products.bringing import bring_in
from filo.operational.transfer.products.reading import read_table
from filo.operational.transfer.products.report import Report
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.services.starting import try_later
from filo.operational.transfer.services.trying_things import try_things
from filo.operational.transfer.services.turning import bring_again, turn, undo_import
from filo.operational.transfer.tests.files import brought, counts, prepared
from filo.operational.transfer.things.kinds import thing_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
WHO = system("import")
LIST = """Codice;Descrizione;Codice prodotto;Taglia;Colore;Prezzo;Costo;Aliquota IVA;Categoria;Giacenza
CAM-S;Camicia;CAM;S;blu;49,90;18,5;22%;Camicie;4
CAM-M;Camicia;CAM;M;blu;49,90;18,5;22%;Camicie;1.200
LAM;Lampada;;;;1.250,00;;10;Luci;
lam;Doppione;;;;1;;22;Luci;
;Senza codice;;;;1;;22;;
ROTTO;Prezzo rotto;;;;abc;;22;;
"""
WOO = """ID,Type,SKU,Name,Published,In stock?,Stock,Regular price,Categories,Parent,Attribute 1 name,\
Attribute 1 value(s)
1,variable,tee,T-Shirt,1,1,,,Clothing > Tshirts,,Color,"Blue, Red"
2,variation,tee-blue,T-Shirt - Blue,1,1,5,18,,tee,Color,Blue
3,variation,tee-red,T-Shirt - Red,1,1,,20,,tee,Color,Red
4,simple,cap,Cap,1,1,,16,Accessories,,,
"""


def _bring(folder: Path, text: str) -> Report:
    VatClass.objects.get_or_create(code="22", defaults={"name": "IVA 22 %", "rate": 22})
    VatClass.objects.get_or_create(code="10", defaults={"name": "IVA 10 %", "rate": 10, "position": 1})
    StockPlace.objects.get_or_create(code="centro", defaults={"name": "Centro"})
    file = folder / "products.csv"
    file.write_text(text, encoding="utf-8")
    return bring_in(WHO, read_table(file))


def test_every_row_of_an_italian_list_is_accounted_for(tmp_path: Path) -> None:
    report = _bring(tmp_path, LIST)
    assert (report.created, report.rejected, report.duplicates) == (3, 3, 1)
    assert sorted(problem["number"] for problem in report.problems) == [5, 6, 7]
    shirt = Product.objects.get(code="CAM")
    assert [one.values for one in shirt.variants.all()] == [
        {"Taglia": "S", "Colore": "blu"},
        {"Taglia": "M", "Colore": "blu"},
    ]
    lamp = Variant.objects.get(sku="LAM")
    assert lamp.price == Decimal(1250)
    assert lamp.product.vat.code == "10"


def test_the_same_again_changes_nothing_and_all_of_it_goes_back(tmp_path: Path) -> None:
    first = _bring(tmp_path, LIST)
    again = _bring(tmp_path, LIST)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    changed = _bring(tmp_path, LIST.replace("1.250,00", "1.300,00"))
    assert (changed.updated, changed.unchanged) == (1, 2)
    undo_operation(WHO, changed.batch)
    assert Variant.objects.get(sku="LAM").price == Decimal(1250)
    undo_operation(WHO, first.batch)
    assert not Product.objects.filter(deleted_at=None).exists()


def test_variations_of_woocommerce_come_under_their_parent(tmp_path: Path) -> None:
    report = _bring(tmp_path, WOO)
    assert (report.created, report.rejected) == (4, 0)
    tee = Product.objects.get(code="tee")
    assert [(one.sku, one.values) for one in tee.variants.all()] == [
        ("tee-blue", {"Color": "Blue"}),
        ("tee-red", {"Color": "Red"}),
    ]
    assert tee.category == "Tshirts"
    assert _bring(tmp_path, WOO).unchanged == 4


def _batch(text: str = LIST) -> ImportBatch:
    VatClass.objects.get_or_create(code="22", defaults={"name": "IVA 22 %", "rate": 22})
    VatClass.objects.get_or_create(code="10", defaults={"name": "IVA 10 %", "rate": 10, "position": 1})
    StockPlace.objects.get_or_create(code="centro", defaults={"name": "Centro"})
    return brought(text, name="listino.csv")


def test_the_page_of_imports_knows_products_and_takes_them_back_and_brings_them_again(world: World) -> None:
    batch = _batch()
    assert (batch.kind, counts(batch), batch.duplicates) == ("products", (3, 0, 0, 3), 0)
    shirt = Product.objects.get(code="CAM")
    assert ImportRow.objects.get(batch=batch, number=2).thing == shirt.pk
    assert counts(_batch()) == (0, 0, 3, 3)
    assert counts(_batch(LIST.replace("1.250,00", "1.300,00"))) == (0, 1, 2, 3)
    back = turn(WHO, undo_import(WHO, batch, in_background=False))
    assert (back.state, Product.objects.filter(deleted_at=None).count()) == ("undone", 0)
    again = turn(WHO, bring_again(WHO, back, in_background=False))
    assert (again.state, Product.objects.filter(deleted_at=None).count()) == ("done", 2)
    assert Variant.objects.get(sku="CAM-M").active


def test_json_of_products_comes_in_by_the_page_too(world: World) -> None:
    VatClass.objects.get_or_create(code="22", defaults={"name": "IVA 22 %", "rate": 22})
    text = '[{"code": "L", "name": "Lampada", "vat": "22", "variants": [{"sku": "L1", "price": {"amount": "12.50"}}]}]'
    assert counts(brought(text, name="prodotti.json", kind="products")) == (1, 0, 0, 0)
    assert Variant.objects.get(sku="L1").price == Decimal("12.50")


def test_a_trial_of_products_changes_nothing(world: World) -> None:
    VatClass.objects.get_or_create(code="22", defaults={"name": "IVA 22 %", "rate": 22})
    batch = prepared(LIST, name="listino.csv")
    columns = from_json(batch.mapping)
    thing = thing_of(batch.kind)
    assert thing is not None
    tried = try_things(WHO, batch, thing, shape_of(batch), columns, None, batch.path)
    assert (tried.created, tried.rejected, tried.of_first) == (3, 3, 0)
    assert not Product.objects.exists()


def test_a_trial_that_lacks_a_column_says_which(world: World) -> None:
    who = world.principal("admin")
    batch = prepared("Codice;Prezzo\nA;1\n", principal=who, name="listino.csv", kind="products")
    try_later(who, batch)
    job = claim("tester", ["long"])
    assert job is not None
    run_claimed(job)
    trial = ImportBatch.objects.get().trial or {}
    assert "SKU" in trial["error"]


def test_the_unit_of_a_product_is_no_unit_of_the_firm(world: World) -> None:
    _batch("Codice;Nome;Prezzo;U.M.\nPANE;Pane;3,20;KG\nFILO;Filo;1,20;MT\n")
    assert list(Product.objects.order_by("code").values_list("code", "unit")) == [("FILO", "m"), ("PANE", "kg")]
