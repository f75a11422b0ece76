"""Lists of products of further shops and programs, as they write them; nothing is guessed that they do not say."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Product, Stock, StockPlace, Variant, VatClass
from filo.operational.prices.models import ExchangeRate
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.tests.files import brought, counts, reasons
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
MEDUSA = """Product Handle,Product Title,Product Description,Product Status,Variant Title,Variant SKU,\
Variant Price EUR,Variant Price USD,Variant Option 1 Name,Variant Option 1 Value,Variant Weight
felpa,Felpa,Una felpa calda per tutti i giorni.,published,S,F-S,24.0,29,Taglia,S,320
felpa,Felpa,Una felpa calda per tutti i giorni.,published,M,F-M,25.5,31,Taglia,M,332
"""
VENDURE = """name    , slug   , description  , assets , facets                       , optionGroups      , \
optionValues    , sku  , price   , taxCategory , stockOnHand
Portatile, portatile, "Un computer" , a.jpg  , category:Computer|brand:Acme , "schermo|RAM"     , "13|8GB"        , \
P138 , 1299.00 , standard    , 100
        ,        ,              ,        ,                              ,                   , "15|8GB"        , \
P158 , 1399.00 , standard    , 7
Mouse   , mouse  , "Un mouse"   , b.jpg  ,                              ,                   ,                 , \
M1   , 18.99   , standard    , 3
"""
WIX = """handleId,fieldType,name,description,collection,sku,price,surcharge,visible,inventory,weight,\
productOptionName1,productOptionType1,productOptionDescription1,brand
product_1,Product,Maglietta,<p>Cotone</p>,saldi;uomo,,19.90,,false,InStock,0.3,Taglia,DROP_DOWN,S;M,Acme
product_1,Variant,,,,T-S,,0.0,true,5,0.3,Taglia,DROP_DOWN,S,
product_1,Variant,,,,T-M,,2.0,true,7,0.3,Taglia,DROP_DOWN,M,
product_2,Product,Spilla,,,SPI,6.99,,true,12,0.25,,,,Acme
"""
MAGENTO = """sku,product_type,categories,name,weight,product_online,visibility,price,qty,configurable_variations,\
configurable_variation_labels
BORSA,simple,"Default Category/Borse,Default Category/Borse/Da viaggio",Borsa,1.2,1,"Catalog, Search",34.000000,100,,
MH-S,simple,Default Category/Uomo,Felpa-S,1.0,1,Not Visible Individually,52.000000,10,,
MH-M,simple,Default Category/Uomo,Felpa-M,1.0,1,Not Visible Individually,52.000000,20,,
MH,configurable,Default Category/Uomo,Felpa,,1,"Catalog, Search",52.0,0,"sku=MH-S,size=S|sku=MH-M,size=M",size=Taglia
"""
BIGCOMMERCE = """Item Type,Product ID,Product Name,Product Type,Product Code/SKU,Brand Name,Price,Cost Price,\
Product Weight,Product Visible?,Current Stock Level,Low Stock Level,Category,Product UPC/EAN
Product,77,Telo,P,TELO,Acme,49.00,30.00,1.0000,Y,0,0,Bagno,
SKU,101,[S]Taglia=Piccola,,TELO-P,,,,,,12,2,,4006381333931
SKU,102,[S]Taglia=Grande,,TELO-G,,55.00,,,,7,2,,
Product,80,Vaso,P,VASO,Ofs,109.00,0.00,2.5000,N,33,3,Giardino,
"""
DANEA = """Cod.;Descrizione;Tipologia;Categoria;Cod. Udm;Cod. Iva;Listino 1;Listino 1 (ivato);Produttore;\
Descriz. web (Sorgente HTML);Prezzo forn.;Q.tà in giacenza;Scorta min.;Peso lordo
A1;Vite;Art. con magazzino;Ferramenta;pz;22;€ 0,05;€ 0,061;Acme;<p>Una vite</p>;€ 0,02;1.250;100;0,005
S1;Manodopera;Servizio;Servizi;h;22;€ 35,00;€ 42,70;;;;;;
"""


def _brought(text: str, *, name: str = "prodotti.csv", kind: str = "") -> ImportBatch:
    VatClass.objects.filter(code="22").exists() or VatClass.objects.create(code="22", name="IVA 22%", rate=22)
    StockPlace.objects.exists() or StockPlace.objects.create(code="mag", name="Magazzino")
    return brought(text, name=name, kind=kind)


def _variants(product: str) -> dict[str, tuple[dict[str, str], str]]:
    found = Variant.objects.filter(product__code=product).order_by("position")
    return {one.sku: (one.values, f"{one.price.normalize():f}" if one.price is not None else "") for one in found}


def _stock(sku: str) -> int:
    return int(Stock.objects.get(variant__sku=sku).on_hand)


def test_medusa_has_a_title_and_no_description_becomes_the_name(world: World) -> None:
    assert counts(_brought(MEDUSA)) == (2, 0, 0, 0)
    assert Product.objects.get(code="felpa").name == "Felpa"
    assert Variant.objects.get(sku="F-S").weight == Decimal("0.320")
    assert _variants("felpa") == {"F-S": ({"Taglia": "S"}, "24"), "F-M": ({"Taglia": "M"}, "25.5")}


def test_vendure_says_a_product_once_and_its_variants_below(world: World) -> None:
    assert counts(_brought(VENDURE)) == (3, 0, 0, 0)
    product = Product.objects.get(code="portatile")
    assert (product.name, product.brand, product.category) == ("Portatile", "Acme", "Computer")
    assert _variants("portatile") == {
        "P138": ({"schermo": "13", "RAM": "8GB"}, "1299"),
        "P158": ({"schermo": "15", "RAM": "8GB"}, "1399"),
    }
    assert (_stock("P158"), _stock("M1")) == (7, 3)


def test_wix_has_variants_below_their_product_with_a_surcharge(world: World) -> None:
    assert counts(_brought(WIX)) == (4, 0, 0, 0)
    assert _variants("product_1") == {"T-S": ({"Taglia": "S"}, "19.9"), "T-M": ({"Taglia": "M"}, "21.9")}
    first, second = Product.objects.get(code="product_1"), Product.objects.get(code="product_2")
    assert (first.name, first.status, first.category, first.brand) == ("Maglietta", "draft", "saldi", "Acme")
    assert (second.status, _stock("SPI"), _stock("T-M")) == ("active", 12, 7)


def test_magento_names_the_variations_of_a_product_in_the_product(world: World) -> None:
    assert counts(_brought(MAGENTO)) == (4, 0, 0, 0)
    assert _variants("MH") == {"MH-S": ({"Taglia": "S"}, "52"), "MH-M": ({"Taglia": "M"}, "52")}
    assert (Product.objects.get(code="MH").status, Product.objects.get(code="MH").category) == ("active", "Uomo")
    assert Product.objects.get(code="BORSA").category == "Da viaggio"
    assert Product.objects.filter(code__in=("BORSA", "MH", "MH-S", "MH-M")).count() == 2


def test_bigcommerce_has_variants_as_rows_of_their_own(world: World) -> None:
    assert counts(_brought(BIGCOMMERCE)) == (4, 0, 0, 0)
    assert _variants("TELO") == {"TELO-P": ({"Taglia": "Piccola"}, "49"), "TELO-G": ({"Taglia": "Grande"}, "55")}
    vase = Product.objects.get(code="VASO")
    assert (vase.brand, vase.status, vase.low_at, _stock("VASO"), _stock("TELO-P")) == ("Ofs", "draft", 3, 33, 12)


def test_danea_has_stock_weight_and_services(world: World) -> None:
    assert counts(_brought(DANEA)) == (2, 0, 0, 0)
    screw, work = Product.objects.get(code="A1"), Product.objects.get(code="S1")
    assert (screw.name, screw.description, screw.low_at, _stock("A1")) == ("Vite", "Una vite", 100, 1250)
    assert (Variant.objects.get(sku="A1").weight, work.stocked, work.unit) == (Decimal("0.005"), False, "h")


def test_what_no_column_calls_a_name_and_is_long_is_none(world: World) -> None:
    long = "Questo articolo è stato pensato per chi lavora ogni giorno all’aperto, con qualunque tempo. " * 3
    with pytest.raises(InvalidFields):
        brought(f"Codice;Descrizione;Prezzo\nA;{long};1\n", kind="products")


def test_a_vat_a_unit_and_a_place_that_are_not_known_are_told_once(world: World) -> None:
    text = "Codice;Nome;Prezzo;IVA;UM;Giacenza;Magazzino\nA;Uno;1;R17;ct;2;Nord\nB;Due;2;R17;ct;3;Nord\n"
    batch = _brought(text)
    usual = VatClass.objects.filter(active=True).first()
    assert usual is not None
    assert reasons(batch) == [
        (2, "IVA", f"«R17» non è un’aliquota IVA conosciuta qui: i prodotti nuovi hanno «{usual.name}»."),
        (2, "UM", "«ct» non è un’unità di misura conosciuta qui: i prodotti nuovi si contano a pezzi."),
        (2, "Magazzino", "Non c’è un magazzino «Nord»: i pezzi sono contati nel primo."),
    ]


def test_a_new_firm_gets_its_vat_classes_and_a_place_with_its_first_products(world: World) -> None:
    Product.objects.all().delete()
    StockPlace.objects.all().delete()
    VatClass.objects.all().delete()
    batch = brought("Codice;Nome;Prezzo;IVA;Giacenza\nA;Uno;1,50;10;2\n", name="prodotti.csv")
    assert (counts(batch), _stock("A")) == ((1, 0, 0, 0), 2)
    assert Product.objects.get(code="A").vat.rate == 10
    assert StockPlace.objects.count() == 1


def test_a_price_in_a_currency_without_a_rate_is_kept_in_it(world: World) -> None:
    ExchangeRate.objects.filter(currency="USD").delete()
    batch = _brought("sku,name,price,cost,currency\nA,Uno,10.50,4.25,USD\nB,Due,9.90,3,EUR\n")
    assert (counts(batch), batch.warned) == ((2, 0, 0, 0), 1)
    first = Variant.objects.get(sku="A")
    assert (first.price, first.cost, first.currency) == (Decimal("10.5"), Decimal("4.25"), "USD")
    told = [sentence for number, _column, sentence in reasons(batch) if number == 2]
    assert len(told) == 1
    assert "resta in quella valuta" in told[0]
    again = _brought("sku,name,price,cost,currency\nA,Uno,10.50,4.25,USD\n")
    assert counts(again) == (0, 0, 1, 0)


def test_pages_show_what_has_a_price_without_a_rate(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    ExchangeRate.objects.filter(currency="USD").delete()
    _brought("sku,name,price,currency\nA,Lampada,10.50,USD\n")
    product = Product.objects.get(code="A")
    Product.objects.filter(pk=product.pk).update(reserved=False)
    client = client_of("admin")
    assert "Lampada" in client.get("/products?status=active").content.decode()
    assert ">USD<" in client.get(f"/products/{product.pk}").content.decode()


def test_a_cost_in_another_currency_than_the_price_is_left_out(world: World) -> None:
    ExchangeRate.objects.filter(currency="USD").delete()
    batch = _brought("sku,name,price,cost\nA,Uno,$ 10.50,€ 4.25\n")
    one = Variant.objects.get(sku="A")
    assert (one.price, one.currency, one.cost) == (Decimal("10.5"), "USD", None)
    assert batch.warned == 1


def test_prices_with_vat_come_in_without_it(world: World) -> None:
    batch = _brought("Codice;Nome;Prezzo IVA inclusa;IVA\nA;Uno;12,20;22\nB;Due;11,00;10\n")
    assert counts(batch) == (2, 0, 0, 0)
    assert Variant.objects.get(sku="A").price == Decimal(10)
    assert "12,20" in reasons(batch)[0][2]


def test_of_two_prices_the_one_that_is_not_taken_is_told(world: World) -> None:
    batch = _brought("Codice;Nome;Prezzo;Listino\nA;Uno;18,90;24,58\n")
    assert Variant.objects.get(sku="A").price == Decimal("18.9")
    assert reasons(batch) == [
        (2, "Listino", "Il file ha più prezzi: è preso «Prezzo»; «Listino» resta nelle righe conservate.")
    ]


SHOPIFY_JSON = {
    "products": [
        {
            "title": "Lettore",
            "body_html": "<p>Piccolo</p>",
            "vendor": "Acme",
            "product_type": "Audio",
            "handle": "lettore",
            "status": "active",
            "options": [{"name": "Colore", "values": ["Rosa", "Rosso"]}],
            "variants": [
                {"sku": "L-1", "price": "199.00", "option1": "Rosa", "grams": 567, "inventory_quantity": 10},
                {"sku": "L-2", "price": "189.00", "option1": "Rosso", "grams": 567, "inventory_quantity": 20},
            ],
        }
    ]
}
WOO_JSON = [
    {
        "id": 794,
        "name": "Tazza",
        "slug": "tazza",
        "type": "simple",
        "status": "publish",
        "sku": "TAZ",
        "price": "21.99",
        "regular_price": "24.99",
        "stock_quantity": 7,
        "categories": [{"id": 9, "name": "Casa"}],
        "images": [{"src": "https://x.example/1.jpg"}],
        "attributes": [],
        "meta": {"barcode": "4006381333931"},
    }
]


@pytest.mark.parametrize("kind", ["", "products"])
def test_the_objects_of_shopify_are_products_with_variants(world: World, kind: str) -> None:
    batch = _brought(json.dumps(SHOPIFY_JSON), name="products.json", kind=kind)
    assert (batch.kind, counts(batch)) == ("products", (2, 0, 0, 0))
    assert _variants("lettore") == {"L-1": ({"Colore": "Rosa"}, "199"), "L-2": ({"Colore": "Rosso"}, "189")}
    product = Product.objects.get(code="lettore")
    assert (product.name, product.description, product.brand, product.category) == (
        "Lettore",
        "Piccolo",
        "Acme",
        "Audio",
    )
    assert (_stock("L-2"), Variant.objects.get(sku="L-1").weight) == (20, Decimal("0.567"))


@pytest.mark.parametrize("kind", ["", "products"])
def test_the_objects_of_woocommerce_are_products(world: World, kind: str) -> None:
    batch = _brought(json.dumps(WOO_JSON), name="products.json", kind=kind)
    assert (batch.kind, counts(batch)) == ("products", (1, 0, 0, 0))
    one = Variant.objects.get(sku="TAZ")
    assert (one.price, one.barcode, one.product.category, _stock("TAZ")) == (
        Decimal("24.99"),
        "4006381333931",
        "Casa",
        7,
    )
