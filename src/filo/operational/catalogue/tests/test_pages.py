"""Products in the browser: the list, a new one with its variants, the table, the bin, stock, the settings."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.operational.catalogue.models import Product, ProductImage, Stock, StockPlace, Variant, VatClass
from filo.operational.catalogue.tests.shop import HOUSE, Shop
from filo.testing.clients import CheckedClient

Clients = Callable[[str], CheckedClient]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_a_new_product_with_sizes_and_colours_has_a_variant_for_each(shop: Shop, client_of: Clients) -> None:
    typed = {
        "name": "Camicia Oxford",
        "code": "CAM-OX",
        "vat": shop.vat.pk,
        "unit": "pc",
        "condition": "new",
        "status": "active",
        "stocked": "on",
        "price": "49,90",
        "cost": "18.5",
        "grid": "Taglia: S, M\nColore: bianco, azzurro",
        "features": "Materiale: cotone",
    }
    answer = client_of("inside").post("/products/new", typed)
    product = Product.objects.get(code="CAM-OX")
    assert answer["Location"] == f"/products/{product.pk}"
    assert product.facts == {"Materiale": "cotone"}
    skus = ["CAM-OX", "CAM-OX-S-AZZURRO", "CAM-OX-M-BIANCO", "CAM-OX-M-AZZURRO"]
    assert [one.sku for one in product.variants.all()] == skus
    assert {one.price for one in product.variants.all()} == {Decimal("49.90")}
    page = client_of("inside").get(f"/products/{product.pk}").content.decode()
    assert "62.9" in page or "62,9" in page  # the margin


def test_a_code_that_is_taken_is_refused_with_the_name_of_who_has_it_and_nothing_is_lost(
    shop: Shop, client_of: Clients
) -> None:
    typed = {"name": "Altra", "code": "lampada", "vat": shop.vat.pk, "unit": "pc", "condition": "new", "price": "7"}
    answer = client_of("inside").post("/products/new", {**typed, "status": "active"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Lampada da terra" in text
    assert 'value="Altra"' in text


def test_an_agent_reads_prices_but_neither_costs_nor_forms(shop: Shop, client_of: Clients) -> None:
    product = shop.products["Giacca di lino"]
    text = client_of("agent").get(f"/products/{product.pk}").content.decode()
    assert "GIACCA-M-BLU" in text
    assert "margin" not in text.casefold().split("<table")[1].split("</table>")[0]
    assert client_of("agent").post(f"/products/{product.pk}/variants", {}).status_code == 403
    assert client_of("agent").get(f"/products/{product.pk}/edit").status_code == 403


def test_the_table_of_variants_is_saved_at_once_and_taken_back_at_once(shop: Shop, client_of: Clients) -> None:
    product = shop.products["Giacca di lino"]
    one, two = product.variants.all()
    product.attributes = ["taglia", "colore"]
    product.save()
    rows: dict[str, object] = {"version": product.version}
    for number, (variant, price) in enumerate(((one, "110"), (two, "120,50"))):
        rows |= {
            f"v{number}-id": variant.pk,
            f"v{number}-sku": variant.sku,
            f"v{number}-a0": variant.values["taglia"],
            f"v{number}-a1": "blu",
            f"v{number}-price": price,
            f"v{number}-cost": "50",
            f"v{number}-active": "1",
        }
    client = client_of("inside")
    answer = client.post(f"/products/{product.pk}/variants", rows, follow=True)
    assert [one.price for one in product.variants.all()] == [Decimal(110), Decimal("120.5")]
    operation = AuditEntry.objects.filter(action="variant.edit").latest("at").operation
    assert str(operation) in answer.content.decode()
    again = client.post(f"/products/{product.pk}/variants", {**rows, "v1-sku": "lampada", "version": 2})
    assert again.status_code == 422
    assert "Lampada da terra" in again.content.decode()
    undo_operation(HOUSE, operation)
    assert [one.price for one in product.variants.all()] == [Decimal(100), Decimal(100)]


def test_into_the_bin_and_out_again(shop: Shop, client_of: Clients) -> None:
    product = shop.products["Lampada da terra"]
    client = client_of("inside")
    client.post(f"/products/{product.pk}/delete")
    assert client_of("agent").get(f"/products/{product.pk}").status_code == 404
    assert "LAMPADA DA TERRA" in client.get("/products/bin").content.decode()
    client.post(f"/products/{product.pk}/restore")
    assert client_of("agent").get(f"/products/{product.pk}").status_code == 200


def test_the_list_finds_and_narrows(shop: Shop, client_of: Clients) -> None:
    client = client_of("agent")
    shop.put("LAMPADA", "centro", 2)

    def names(address: str) -> list[str]:
        text = client.get(address).content.decode()
        return [name for name in shop.products if f"<b>{name}</b>" in text]

    assert names("/products?status=active") == ["Giacca di lino", "Lampada da terra", "Posa in opera"]
    assert names("/products?q=lampadda") == ["Lampada da terra"]
    assert names("/products?q=giacca-l-blu") == ["Giacca di lino"]
    assert names("/products?in_stock=yes") == ["Lampada da terra"]
    assert names("/products?attribute=taglia%3Dm") == ["Giacca di lino"]
    assert names("/products?price=more:200") == ["Lampada da terra"]
    assert client.get("/products/filter").status_code == 200
    assert "GIACCA-M-BLU" in client.get("/products/suggest?what=variants&q=giacca").content.decode()


def test_pictures_are_taken_in_as_pictures_and_nothing_else(shop: Shop, client_of: Clients) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    product = shop.products["Lampada da terra"]
    client = client_of("inside")
    address = f"/products/{product.pk}/images"
    for data in (b"<svg><script>1</script></svg>", b"GIF", b""):
        refused = client.post(address, {"image": SimpleUploadedFile("a.png", data, "image/png")})
        assert refused.status_code == 422 or not ProductImage.objects.exists()
    for _time in range(2):
        client.post(address, {"image": SimpleUploadedFile("a.png", PNG, "image/png")})
    first, second = ProductImage.objects.filter(product=product)
    assert client_of("agent").get(f"/products/images/{first.pk}")["Content-Type"] == "image/png"
    client.post(f"{address}/order", {"image": [second.pk, first.pk]})
    client.post(f"{address}/{second.pk}", {"words": "Accesa"})
    assert [one.pk for one in ProductImage.objects.filter(product=product)] == [second.pk, first.pk]
    assert ProductImage.objects.get(pk=second.pk).words == "Accesa"


def test_stock_is_counted_and_told_on_the_page(shop: Shop, client_of: Clients) -> None:
    product, lamp = shop.products["Lampada da terra"], shop.variants["LAMPADA"]
    client = client_of("inside")
    typed = {"do": "count", "place": "centro", f"q-{lamp.pk}": "12", "note": "Inventario"}
    client.post(f"/products/{product.pk}/stock", typed)
    assert Stock.objects.get(variant=lamp).on_hand == 12
    refused = client.post(f"/products/{product.pk}/stock", {"do": "move", "place": "centro", f"q-{lamp.pk}": "2"})
    assert refused.status_code == 422
    client.post(
        f"/products/{product.pk}/stock", {"do": "move", "place": "centro", "into": "negozio", f"q-{lamp.pk}": "2"}
    )
    assert "Inventario" in client.get("/stock/journal").content.decode()
    assert "LAMPADA" in client.get("/stock?place=negozio").content.decode()
    assert client.get("/stock?low=1").status_code == 200


def test_duplicate_relate_translate(shop: Shop, client_of: Clients) -> None:
    lamp, coat = shop.products["Lampada da terra"], shop.products["Giacca di lino"]
    client = client_of("inside")
    client.post(f"/products/{lamp.pk}/relate", {"kind": "accessory", "other": coat.pk})
    text = {"name": "Floor lamp", "description": "It stands.", "version": Product.objects.get(pk=lamp.pk).version}
    client.post(f"/products/{lamp.pk}/text/en", text)
    client.post(f"/products/{lamp.pk}/duplicate")
    copy = Product.objects.get(code="LAMPADA DA TERRA-2")
    assert (copy.status, copy.name_in("en")) == ("draft", "Floor lamp")
    assert [one.other_id for one in copy.relations.all()] == [coat.pk]
    assert Variant.objects.get(product=copy).sku == "LAMPADA DA TERRA-2"
    assert client_of("agent").get("/products?q=floor").content.decode().count("<tr data-peek") == 2


def test_the_settings_add_the_italian_classes_once(shop: Shop, client_of: Clients) -> None:
    client = client_of("admin")
    client.post("/settings/catalogue/ready")
    client.post("/settings/catalogue/ready")
    assert VatClass.objects.filter(code="22").count() == 1
    assert VatClass.objects.get(code="n4").nature == "N4"
    refused = client.post("/settings/catalogue/vat/new", {"name": "Zero", "rate": "0", "nature": ""})
    assert refused.status_code == 422
    client.post("/settings/catalogue/places/new", {"name": "Outlet", "position": "5", "active": "on"})
    assert StockPlace.objects.filter(code="outlet").exists()
    assert client.get("/settings/catalogue").status_code == 200


def test_a_refused_table_of_variants_keeps_all_that_was_typed(shop: Shop, client_of: Clients) -> None:
    jacket, one = shop.products["Giacca di lino"], shop.variants["GIACCA-M-BLU"]
    typed = {"v0-id": str(one.pk), "v0-sku": "GIACCA-M-BLU", "v0-price": "dodici", "v0-barcode": "8001234567890"}
    new = {"v9999-sku": "GIACCA-XL", "v9999-price": "15,5", "version": str(jacket.version)}
    answer = client_of("inside").post(f"/products/{jacket.pk}/variants", typed | new)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("dodici", "8001234567890", "GIACCA-XL", "15,5"):
        assert f'value="{text}"' in page
    assert 'name="v9999-active" value="1" checked' not in page


def test_a_refused_stock_keeps_what_was_typed(shop: Shop, client_of: Clients) -> None:
    jacket, one = shop.products["Giacca di lino"], shop.variants["GIACCA-M-BLU"]
    place = list(shop.places)[-1]
    typed = {"do": "move", "place": place, "into": "", "note": "furgone", f"q-{one.pk}": "tre"}
    answer = client_of("inside").post(f"/products/{jacket.pk}/stock", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="tre"' in page
    assert 'value="furgone"' in page
    assert f'<option value="{place}" selected>' in page
