"""Pictures that a list of products names are fetched from the web, each once; what does not come is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from filo.foundation.access.principal import system
from filo.foundation.errors import Forbidden
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.running import run_claimed
from filo.operational.catalogue.models import Product, ProductImage, VatClass, WantedPicture
from filo.operational.catalogue.services.fetching import _fetch, fetch_pictures, forget_wanted, want_again
from filo.operational.catalogue.services.pictures import remove_image
from filo.operational.transfer.products.pictures import addresses_in
from filo.operational.transfer.tests.files import brought, reasons
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
WHO = system("import")


class Shop:
    """A server on this machine that shows pictures: (status, body, where it moved) by path."""

    def __init__(self) -> None:
        self.shown: dict[str, tuple[int, bytes, str]] = {}
        self.asked: list[str] = []
        self.url = ""

    def show(self, name: str, body: bytes = PNG, *, status: int = 200, moved: str = "") -> str:
        self.shown[f"/{name}"] = (status, body, moved)
        return f"{self.url}/{name}"


@pytest.fixture
def shop(world: World, settings: Settings) -> Iterator[Shop]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    VatClass.objects.create(code="22", name="IVA 22 %", rate=22)
    found = Shop()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            status, body, moved = found.shown.get(self.path, (404, b"", ""))
            self.send_response(status)
            if moved:
                self.send_header("Location", moved)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def fetched(*, is_last: bool = True) -> bool:
    """Do what the jobs that were asked for do, once."""
    jobs = list(Job.objects.filter(name="catalogue.fetch"))
    Job.objects.filter(pk__in=[one.pk for one in jobs]).delete()
    later = [fetch_pictures(WHO, one.args["product"], is_last=is_last) for one in jobs]
    return any(later)


def pictures(code: str) -> list[str]:
    """What is on the pictures of a product, in order."""
    return list(ProductImage.objects.filter(product__code=code).order_by("position").values_list("words", flat=True))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("https://x.example/a.jpg", 1),
        ("https://x.example/a.jpg, http://x.example/b.png", 2),
        ("https://x.example/a,b.jpg,https://x.example/b.jpg", 2),
        ("https://x.example/a.jpg|https://x.example/b.jpg;https://x.example/c.jpg", 3),
        ("https://x.example/a.jpg https://x.example/b.jpg", 2),
        ("/w/b/wb01.jpg", 0),
        ("javascript:alert(1), ftp://x.example/a.jpg", 0),
        ("https://x.example/" + "a" * 3000, 0),
        ("https://x.example/a.jpg, nessuna", 1),
        ("http://a" + "," * 200_000 + "x", 0),
    ],
)
def test_addresses_are_found_in_a_cell(text: str, number: int) -> None:
    found = addresses_in(text)
    assert len(found) == number
    assert all(one.startswith("http") and text.count(one) for one in found)


def test_pictures_of_a_list_of_shopify_come_in_their_order_and_once(shop: Shop) -> None:
    first, second, third = (shop.show(name) for name in ("1.png", "2.png?v=3", "3.png"))
    head = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Image Alt Text,Variant Image\n"
    rows = (
        f"felpa,Felpa,Taglia,S,F-S,59.90,{first},Davanti,{third}\n"
        f"felpa,,,M,F-M,61.00,{second},Dietro,\n"
        f"felpa,,,,,,{first},,\n"
    )
    brought(head + rows, name="products.csv")
    assert not fetched()
    assert pictures("felpa") == ["Davanti", "Davanti", "Dietro"]
    assert shop.asked == ["/1.png", "/3.png", "/2.png?v=3"]
    product = Product.objects.get(code="felpa")
    remove_image(WHO, product, ProductImage.objects.filter(product=product)[0].pk)
    brought(head + rows.replace("59.90", "60.90"), name="again.csv")
    assert not fetched()
    assert (len(pictures("felpa")), len(shop.asked)) == (2, 3)


def test_pictures_of_woocommerce_come_from_its_file_and_its_objects(shop: Shop) -> None:
    one, two = shop.show("1.png"), shop.show("2.png")
    brought(f'Type,SKU,Name,Regular price,Images\nsimple,SC,Sciarpa,15,"{one}, {two}"\n', name="woo.csv")
    objects = f"""[{{"name": "Berretto", "sku": "BE", "price": "12", "images": [
        {{"id": 4, "src": "{one}", "name": "berretto.png", "alt": ""}}, {{"id": 5, "src": "{two}", "name": "x"}}]}}]"""
    brought(objects, name="products.json")
    fetched()
    assert [len(pictures(code)) for code in ("SC", "BE")] == [2, 2]


def test_what_does_not_come_is_told_on_the_page_and_tried_again(
    shop: Shop, client_of: Callable[[str], CheckedClient]
) -> None:
    moved = shop.show("moved.png", b"", status=302, moved="/here.png")
    shop.show("here.png")
    wrong = [shop.show("no.png", b"", status=404), shop.show("page.png", b"<html>"), "http://10.0.0.1/inside.png"]
    later = shop.show("later.png", b"", status=503)
    brought(f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{", ".join([moved, *wrong, later])}"\n', name="list.csv")
    assert fetched(is_last=False)
    admin, product = client_of("admin"), Product.objects.get(code="SC")
    page = admin.get(f"/products/{product.pk}").content.decode()
    assert "404" in page
    assert "rete privata" in page
    assert "Questa non è un’immagine" in page
    assert page.count("in arrivo") == 1
    assert len(pictures("SC")) == 1
    shop.show("no.png")
    shop.show("later.png")
    admin.post(f"/products/{product.pk}/images/wanted")
    fetched()
    assert len(pictures("SC")) == 3
    admin.post(f"/products/{product.pk}/images/wanted", {"do": "forget"})
    assert "wanted-pictures" not in admin.get(f"/products/{product.pk}").content.decode()


def test_what_never_comes_is_told_after_the_last_try(shop: Shop) -> None:
    brought(f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{shop.show("x.png", b"", status=503)}"\n', name="list.csv")
    assert fetched(is_last=True)
    wanted = WantedPicture.objects.get(product__code="SC")
    assert (wanted.state, "503" in wanted.said) == ("failed", True)


def test_two_jobs_at_once_bring_a_picture_once(shop: Shop) -> None:
    brought(f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{shop.show("x.png")}"\n', name="list.csv")
    job = Job.objects.get(name="catalogue.fetch")
    (wanted,) = WantedPicture.objects.select_related("product")
    fetch_pictures(WHO, job.args["product"], is_last=True)
    _fetch(WHO, wanted, set())
    assert pictures("SC") == [""]


def test_an_address_that_leads_nowhere_does_not_hold_the_others(shop: Shop) -> None:
    wrong = shop.show("wrong.png", b"", status=302, moved="http://[")
    brought(f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{wrong}, {shop.show("x.png")}"\n', name="list.csv")
    assert not fetched()
    assert pictures("SC") == [""]


def test_what_was_in_the_bin_when_it_was_fetched_comes_when_the_list_comes_again(shop: Shop) -> None:
    row = f'SKU,Name,Price,Images\nSC,Sciarpa,{{}},"{shop.show("x.png")}"\n'
    brought(row.format(15), name="list.csv")
    Product.objects.update(deleted_at="2026-11-29T10:00:00Z")
    fetched()
    Product.objects.update(deleted_at=None)
    brought(row.format(16), name="again.csv")
    fetched()
    assert pictures("SC") == [""]


def test_what_one_does_without_is_not_wanted_again(shop: Shop) -> None:
    row = f'SKU,Name,Price,Images\nSC,Sciarpa,{{}},"{shop.show("x.png", b"", status=404)}"\n'
    brought(row.format(15), name="list.csv")
    fetched()
    forget_wanted(WHO, Product.objects.get(code="SC"))
    brought(row.format(16), name="again.csv")
    assert not Job.objects.filter(name="catalogue.fetch").exists()


def test_who_may_make_products_only_brings_them_in_without_pictures(world: World, shop: Shop) -> None:
    admin = world.principal("admin")
    may = {name: scope for name, scope in admin.grants["product"].items() if name != "edit"}
    who = replace(admin, grants={**admin.grants, "product": may})
    text = f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{shop.show("x.png")}"\n'
    batch = brought(text, principal=who, name="list.csv")
    assert (batch.created, batch.rejected) == (1, 0)
    assert any("immagini non entrano" in sentence for _number, _column, sentence in reasons(batch))


def test_the_job_comes_back_while_the_shop_is_not_well(shop: Shop) -> None:
    address = shop.show("x.png", b"", status=503)
    brought(f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{address}"\n', name="list.csv")
    run_claimed(claim("tester", ["outward"]) or Job())
    assert Job.objects.get(name="catalogue.fetch").run_at > timezone.now()
    assert pictures("SC") == []
    shop.show("x.png")
    Job.objects.filter(name="catalogue.fetch").update(run_at=timezone.now())
    run_claimed(claim("tester", ["outward"]) or Job())
    assert pictures("SC") == [""]


def test_nothing_is_fetched_for_what_was_thrown_away(shop: Shop) -> None:
    brought(f'SKU,Name,Price,Images\nSC,Sciarpa,15,"{shop.show("x.png")}"\n', name="list.csv")
    Product.objects.update(deleted_at="2026-11-29T10:00:00Z")
    assert not fetched()
    assert shop.asked == []


def test_who_may_not_write_products_has_nothing_fetched(world: World, shop: Shop) -> None:
    brought("SKU,Name,Price\nSC,Sciarpa,15\n", name="list.csv")
    with pytest.raises(Forbidden):
        want_again(world.principal("operator"), Product.objects.get(code="SC"))
