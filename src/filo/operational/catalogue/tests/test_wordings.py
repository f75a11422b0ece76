"""Catalogues, categories, attributes and values in the reader's language, and in the house's where nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Product, Wording
from filo.operational.catalogue.queries.showing import token_of
from filo.operational.catalogue.queries.wordings import (
    MOST_WORDS,
    catalogue_name,
    category_name,
    category_words,
    own_word,
    words_in_use,
)
from filo.operational.catalogue.queries.words import value_words
from filo.operational.catalogue.services.catalogues import save_catalogue
from filo.operational.catalogue.services.publication import publish_catalogue
from filo.operational.catalogue.services.wordings import Said, set_catalogue_text, set_words
from filo.operational.catalogue.tests.shop import HOUSE, Shop
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

Clients = Callable[[str], CheckedClient]


def test_a_catalogue_is_read_in_the_visitors_language_and_else_in_the_houses(shop: Shop) -> None:
    catalogue = save_catalogue(HOUSE, None, {"name": "Anteprima", "description": "Per pochi", "chosen_by": "q=lampada"})
    catalogue = publish_catalogue(HOUSE, catalogue)
    set_catalogue_text(HOUSE, catalogue, "en", name="Preview")
    page = {
        language: Client(headers={"accept-language": language}).get(f"/p/c/{token_of(catalogue)}").content.decode()
        for language in ("it", "en")
    }
    assert ("<h1>Anteprima</h1>" in page["it"], "<h1>Preview</h1>" in page["en"]) == (True, True)
    assert "Per pochi" in page["en"], "what is not said in English stays as it is"
    set_catalogue_text(HOUSE, catalogue, "en", name="")
    assert catalogue_name(catalogue, "en") == "Anteprima"
    assert not Wording.objects.exists()
    actions = AuditEntry.objects.filter(object_id=catalogue.pk).values_list("action", flat=True)
    assert list(actions).count("catalogue.translate") == 2


def test_words_of_products_are_told_by_their_folded_form(shop: Shop) -> None:
    said = [
        Said("category", "Giacche", "en", "Jackets", "Warm ones"),
        Said("category", "Giacche", "it", None, "Calde"),
        Said("attribute", "Taglia", "en", "Fit"),
        Said("value", "blu", "en", "navy"),
    ]
    assert set_words(HOUSE, said) == 4
    assert set_words(HOUSE, said) == 0
    assert [category_name("giacche", language) for language in ("en", "it")] == ["Jackets", "giacche"]
    assert [category_words("Giacche", language) for language in ("en", "it")] == ["Warm ones", "Calde"]
    assert (own_word("attribute", "taglia", "en"), own_word("attribute", "taglia", "it")) == ("Fit", "")
    assert (value_words("blu", "en"), value_words("rosso", "en")) == ("navy", "red")
    set_words(HOUSE, [Said("category", "Giacche", "en", "Jackets", "")])
    assert category_words("Giacche", "en") == "Calde", "falls back to the firm's own language"


@pytest.mark.parametrize(
    "wrong", [Said("colour", "X", "en", "Y"), Said("value", " ", "en", "Y"), Said("value", "X", "fr", "Y")]
)
def test_what_is_no_word_or_no_language_is_refused_whole(shop: Shop, wrong: Said) -> None:
    with pytest.raises(InvalidFields):
        set_words(HOUSE, [Said("value", "blu", "en", "navy"), wrong])
    assert not Wording.objects.exists()


def test_words_in_use_are_those_of_products_one_sees(shop: Shop) -> None:
    Product.objects.filter(pk=shop.products["Giacca di lino"].pk).update(category="Giacche")
    assert [one.said for one in words_in_use(HOUSE, "category")] == ["Giacche"]
    assert [one.said for one in words_in_use(HOUSE, "attribute")] == ["Colore", "Taglia"]
    assert [one.said for one in words_in_use(HOUSE, "value", "b")] == ["blu"]


def test_the_page_keeps_what_is_typed_for_many_words_at_once(shop: Shop, client_of: Clients) -> None:
    Product.objects.filter(pk=shop.products["Giacca di lino"].pk).update(category="Giacche")
    client = client_of("inside")
    page = client.get("/products/words").content.decode()
    assert 'name="w0" value="Giacche"' in page
    typed = {"kind": "category", "w0": "Giacche", "w0-name-en": "Jackets", "w0-description-it": "Calde"}
    assert client.post("/products/words", typed).status_code == 302
    assert 'value="Jackets"' in client.get("/products/words").content.decode()
    with override("it"):
        assert category_words("Giacche") == "Calde"
    assert client_of("agent").get("/products/words").status_code == 403
    assert client_of("agent").post("/products/words", typed).status_code == 403
    assert client.get("/products/words?kind=catalogue").status_code == 404


def test_as_many_categories_as_a_page_shows_can_be_saved(shop: Shop, client_of: Clients) -> None:
    for number in range(MOST_WORDS + 1):
        shop.add(f"Capo {number}")
        Product.objects.filter(name=f"Capo {number}").update(category=f"Categoria {number:03}")
    client = client_of("inside")
    form = values_of(client.get("/products/words").content.decode(), containing="w0-name-en")
    assert client.post("/products/words", form | {"w0-name-en": "Category"}).status_code == 302
    assert Wording.objects.get().name == "Category"


def test_the_page_of_a_catalogue_leads_to_its_words_in_english(shop: Shop, client_of: Clients) -> None:
    catalogue, client = save_catalogue(HOUSE, None, {"name": "Anteprima"}), client_of("inside")
    address = f"/catalogues/{catalogue.pk}/text/en"
    assert address in client.get(f"/catalogues/{catalogue.pk}").content.decode()
    typed = {"name": "Preview", "description": "", "version": catalogue.version}
    assert client.post(address, typed).status_code == 302
    assert catalogue_name(catalogue, "en") == "Preview"
    assert client.post(address, typed | {"name": "Late"}).status_code == 422, "somebody saved first"
    assert client.get(f"/catalogues/{catalogue.pk}/text/it").status_code == 404
    assert client_of("agent").get(address).status_code == 403


def test_the_api_says_and_reads_them(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    texts: dict[str, Any] = {"en": {"name": "Preview"}}
    made = api.send("/catalogues", {"name": "Anteprima", "texts": texts})
    assert made.json()["texts"] == {"en": {"name": "Preview", "description": ""}}
    address = f"/catalogues/{made.json()['id']}"
    changed = api.change(address, {"texts": {"en": {"description": "For a few"}}}, If_Match=made["ETag"]).json()
    assert changed["texts"] == {"en": {"name": "Preview", "description": "For a few"}}
    assert api.change(address, {"texts": texts}, If_Match=made["ETag"]).status_code == 412
    assert api.read("/catalogues").json()["items"][0]["texts"] == changed["texts"]
    words = [{"kind": "value", "word": "blu", "texts": {"en": {"name": "navy"}}}]
    assert api.send("/product-words", {"words": words}).json() == {"changed": 1}
    found = api.read("/product-words?kind=value&q=blu").json()["items"]
    assert found == [{"kind": "value", "word": "blu", "texts": {"en": {"name": "navy", "description": ""}}}]
    assert api_of(world, "agent").send("/product-words", {"words": words}).status_code == 403
