"""Lists of products as shops and suppliers write them: Shopify, WooCommerce, Google, PrestaShop, sizes as columns."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.operational.catalogue.models import Product, Stock, StockPlace, Variant, VatClass
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services.turning import turn, undo_import
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, reasons
from filo.testing.world import World

pytestmark = pytest.mark.django_db
SHOPIFY = """Handle,Title,Body (HTML),Vendor,Product Category,Type,Published,Option1 Name,Option1 Value,Option2 Name,\
Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,\
Cost per item,Status
felpa,Felpa,<p>Calda</p>,Orsa,Tops,Felpe,true,Taglia,S,Colore,Verde,F-S,350,4,59.90,8001090310729,a,20.50,active
felpa,,,,,,,,M,,Verde,F-M,360,0,61.00,,b.jpg,21.00,
felpa,,,,,,,,,,,,,,,,c.jpg,,
borsa,Borsa,,Orsa,,Borse,true,Title,Default Title,,,,0,2,35.00,,,,archived
telo,Telo,,Orsa,,Mare,false,Title,Default Title,,,TELO,0,2,15.00,,,,active
"""
WOO = """ID,Tipo,SKU,"GTIN, UPC, EAN o ISBN",Nome,Pubblicato,Visibilità nel catalogo,In stock?,Magazzino,Peso (kg),\
Prezzo in offerta,Prezzo di listino,Categorie,Genitore,Nome dell'attributo 1,Valore/i dell'attributo 1
10,variable,GN,,Gonna,1,visible,1,,,,,Donna > Gonne,,Taglia,"S, M"
11,variation,GN-S,8001090310729,Gonna - S,1,visible,1,4,"0,4",,"49,90",,GN,Taglia,S
12,variation,,,Gonna - M,0,visible,1,6,"0,4",,"49,90",,id:10,Taglia,M
13,simple,SC,,Sciarpa,1,hidden,1,,,"12,00","15,00",Accessori,,,
14,grouped,KIT,,Insieme,1,visible,1,,,,,,,,
15,external,EST,,Altrove,1,visible,1,,,,"9,00",,,,
"""
MERCHANT = """id\ttitle\titem group id\tprice\tavailability\tgtin\tcolor\tsize\tcondition\tproduct type\timage link
B-S\tBlusa\tB\t19.90 EUR\tin stock\t8001090310729\tNero\tS\tnew\tDonna > Bluse\thttps://x.example/1.jpg
B-M\tBlusa\tB\t19.90 EUR\tout of stock\t\tNero\tM\tnew\tDonna > Bluse\t
G\tGiacca\t\t1,250.00 EUR\tin stock\t\tBlu\tL\tused\tUomo > Giacche\t
"""
PRESTASHOP = """Product ID;Immagine;Nome;Riferimento;Categoria;Prezzo (imp. escl.);Prezzo (imp. incl.);Quantità;Stato
1;x.jpg;Sedia;SED;Sedie;100,00 €;122,00 €;12;1
2;y.jpg;Lume;LUM;Luci;1.089,90 €;1.329,68 €;0;0
"""
SIZES = """Articolo;Descrizione;Colore;Prezzo;S;M;XL
CAM;Camicia;Bianco;39,90;3;;0
CAM;Camicia;Azzurro;39,90;1;2;
POL;Polo;Blu;29,90;5;5;5
"""
SUPPLIER = """Listino di Bianchi;;;;;;
;;;;;;
Cod. Art.;Descrizione;U.M.;Prezzo €;IVA %;Cod. EAN;Q.tà
0012;Caffè è perché;PZ;1.234,50 €;10;8001090310729;1.200
0013;Tovaglia;MT;€ 45,50;22%;;4
0014;Cuscino;PZ;3,20;22;;
"""


@pytest.fixture(autouse=True)
def _shop(world: World) -> None:
    VatClass.objects.create(code="22", name="IVA 22 %", rate=22)
    VatClass.objects.create(code="10", name="IVA 10 %", rate=10, position=1)
    StockPlace.objects.create(code="centro", name="Centro")


def _brought(text: str | bytes, name: str = "listino.csv") -> ImportBatch:
    return brought(text, name=name, kind="products")


def _stock() -> dict[str, Decimal]:
    return dict(Stock.objects.values_list("variant__sku", "on_hand"))


def test_shopify_names_options_once_and_every_row_of_pictures_belongs_to_its_product() -> None:
    assert counts(_brought(SHOPIFY)) == (5, 0, 0, 0)
    shirt = Product.objects.get(code="felpa")
    assert (shirt.name, shirt.description, shirt.brand, shirt.category, shirt.status) == (
        *("Felpa", "Calda", "Orsa", "Felpe", "active"),
    )
    first, second = shirt.variants.all()
    assert (first.values, first.price, first.cost) == (
        {"Taglia": "S", "Colore": "Verde"},
        Decimal("59.90"),
        Decimal("20.50"),
    )
    assert (first.weight, first.barcode) == (Decimal("0.350"), "8001090310729")
    assert second.values == {"Taglia": "M", "Colore": "Verde"}
    bag = Variant.objects.get(sku="borsa")
    assert (bag.values, bag.product.status, bag.product.category) == ({}, "retired", "Borse")
    assert Product.objects.get(code="telo").status == "draft"
    assert _stock()["F-S"] == 4
    assert counts(_brought(SHOPIFY)) == (0, 0, 5, 0)


def test_woocommerce_in_italian_counts_its_stock_and_keeps_groups_and_other_shops_aside() -> None:
    batch = _brought(WOO)
    assert counts(batch) == (4, 0, 0, 2)
    assert [(number, sentence.split()[0]) for number, _column, sentence in reasons(batch) if number > 5] == [
        (6, "KIT"),
        (7, "EST"),
    ]
    skirt = Product.objects.get(code="GN")
    assert [(one.sku, one.values, one.price, one.active) for one in skirt.variants.all()] == [
        ("GN-S", {"Taglia": "S"}, Decimal("49.90"), True),
        ("GN-M", {"Taglia": "M"}, Decimal("49.90"), False),
    ]
    assert _stock() == {"GN-S": 4, "GN-M": 6}
    scarf = Product.objects.get(code="SC")
    assert (scarf.stocked, scarf.status, scarf.variants.get().price) == (False, "draft", Decimal(15))
    assert (5, "Prezzo in offerta") in [(number, column) for number, column, _sentence in reasons(batch)]
    assert counts(_brought(WOO)) == (0, 0, 4, 2)


def test_a_feed_for_google_has_its_groups_prices_and_conditions() -> None:
    batch = _brought(MERCHANT, "feed.tsv")
    assert counts(batch) == (3, 0, 0, 0)
    blouse, jacket = Product.objects.get(code="B"), Product.objects.get(code="G")
    assert [one.values for one in blouse.variants.all()] == [
        {"Colour": "Nero", "Size": "S"},
        {"Colour": "Nero", "Size": "M"},
    ]
    assert (jacket.variants.get().price, jacket.condition, blouse.category) == (Decimal(1250), "second-hand", "Bluse")
    assert [column for _number, column, _sentence in reasons(batch)] == ["availability", "image link"]


def test_prestashop_gives_the_price_without_tax() -> None:
    assert counts(_brought(PRESTASHOP)) == (2, 0, 0, 0)
    assert [(one.sku, one.price, one.product.status) for one in Variant.objects.order_by("sku")] == [
        ("LUM", Decimal("1089.90"), "draft"),
        ("SED", Decimal(100), "active"),
    ]
    assert _stock() == {"SED": 12, "LUM": 0}


def test_sizes_that_head_columns_become_variants_with_their_pieces_and_go_back() -> None:
    batch = _brought(SIZES)
    assert counts(batch) == (3, 0, 0, 0)
    shirt = Product.objects.get(code="CAM")
    assert [(one.sku, one.values) for one in shirt.variants.all()] == [
        ("CAM-BIANCO-S", {"Colore": "Bianco", "Taglia": "S"}),
        ("CAM-BIANCO-XL", {"Colore": "Bianco", "Taglia": "XL"}),
        ("CAM-AZZURRO-S", {"Colore": "Azzurro", "Taglia": "S"}),
        ("CAM-AZZURRO-M", {"Colore": "Azzurro", "Taglia": "M"}),
    ]
    assert {sku: number for sku, number in _stock().items() if sku.startswith("CAM")} == {
        "CAM-BIANCO-S": 3,
        "CAM-BIANCO-XL": 0,
        "CAM-AZZURRO-S": 1,
        "CAM-AZZURRO-M": 2,
    }
    assert counts(_brought(SIZES)) == (0, 0, 3, 0)
    changed = _brought(SIZES.replace("CAM;Camicia;Azzurro;39,90;1", "CAM;Camicia;Azzurro;39,90;9"))
    assert counts(changed) == (0, 1, 2, 0)
    assert turn(IMPORTER, undo_import(IMPORTER, batch, in_background=False)).state == "undone"


def test_one_code_in_rows_of_several_colours_is_a_product_with_variants() -> None:
    text = "Codice;Nome;Colore;Prezzo\nSC;Sciarpa;Blu;9,90\nSC;Sciarpa;Rosa;9,90\nGU;Guanti;Blu;5\nGU;Guanti;Blu;5\n"
    assert counts(_brought(text)) == (3, 0, 0, 1)
    assert [one.sku for one in Product.objects.get(code="SC").variants.all()] == ["SC-BLU", "SC-ROSA"]


def test_a_list_of_a_supplier_in_windows_letters_with_its_header_further_down() -> None:
    batch = brought(SUPPLIER.encode("cp1252"), name="fornitore.csv")
    assert (batch.kind, counts(batch)) == ("products", (3, 0, 0, 0))
    coffee = Variant.objects.get(sku="0012")
    assert (coffee.product.name, coffee.price, coffee.product.vat.code) == ("Caffè è perché", Decimal("1234.50"), "10")
    assert (coffee.barcode, Variant.objects.get(sku="0013").product.unit) == ("8001090310729", "m")
    assert _stock()["0012"] == 1200


def test_a_shop_without_codes_is_known_by_its_numbers() -> None:
    text = WOO.replace(",GN,", ",,").replace(",GN-S,", ",,").replace(",SC,", ",,").replace("id:10", "id:10")
    text = text.replace(',"49,90",,,Taglia,S', ',"49,90",,id:10,Taglia,S')
    assert counts(_brought(text)) == (4, 0, 0, 2)
    skirt = Product.objects.get(code="ID-10")
    assert (skirt.name, [one.sku for one in skirt.variants.all()]) == ("Gonna", ["ID-10-S", "ID-10-M"])
    assert Product.objects.filter(code="ID-13").exists()
    assert counts(_brought(text)) == (0, 0, 4, 2)


FURTHER = {
    "the importer of PrestaShop": (
        "Product ID;Attivo (0/1);Nome *;Categorie (x,y,z...);Prezzo tasse escluse;Prezzo all'ingrosso;Riferimento #;"
        "Produttore;EAN13;Quantità;Visibilità\n1;1;Sedia;Casa;100,00;40,00;SED;Orsa;8001090310729;3;none\n",
        ("SED", "Sedia", Decimal(100), Decimal(40), "8001090310729", "Orsa", "draft"),
    ),
    "the later export of Shopify": (
        "Title,URL handle,Vendor,Type,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Price,"
        "Cost per item,Inventory quantity\nSedia,sedia,Orsa,Casa,TRUE,Active,SED,8001090310729,Title,Default Title,"
        "100.00,40.00,3\n",
        ("SED", "Sedia", Decimal(100), Decimal(40), "8001090310729", "Orsa", "active"),
    ),
    "an accounting program": (
        "Cod.;Descrizione;Tipologia;Cod. Udm;Cod. Iva;Listino 1;Listino 1 (ivato);Cod. a barre;Produttore;Prezzo forn.;"
        "Q.tà giacenza\nSED;Sedia;Casa;pz;22;€ 100,00 + IVA;122,00;8001090310729;Orsa;40,00/pz;3 pz\n",
        ("SED", "Sedia", Decimal(100), Decimal(40), "8001090310729", "Orsa", "active"),
    ),
    "a supplier with a long title": (
        "Bianchi S.r.l.\nListino\nDa gennaio\n\nArt.;Nome articolo;Marca;Prezzo unit.;Costo unit.;EAN Code;Q.ta\n"
        "SED;Sedia;Orsa;100,00;40,00;8001090310729;3\n",
        ("SED", "Sedia", Decimal(100), Decimal(40), "8001090310729", "Orsa", "active"),
    ),
}


@pytest.mark.parametrize("program", FURTHER)
def test_further_programs_are_read_by_their_words(program: str) -> None:
    text, wanted = FURTHER[program]
    assert counts(_brought(text)) == (1, 0, 0, 0)
    one = Variant.objects.get()
    said = (one.sku, one.product.name, one.price, one.cost, one.barcode, one.product.brand, one.product.status)
    assert said == wanted
    assert _stock() == {"SED": 3}
