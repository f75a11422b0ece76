"""Words of products and catalogues in other languages are taken back, where nobody has said otherwise since."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import Undone, undo_operation
from filo.operational.catalogue.models import Product, Wording
from filo.operational.catalogue.services.catalogues import save_catalogue
from filo.operational.catalogue.services.wordings import Said, set_catalogue_text, set_words
from filo.operational.catalogue.tests.shop import HOUSE, Shop
from filo.testing.clients import CheckedClient

Clients = Callable[[str], CheckedClient]


def _said(*words: Said) -> UUID:
    with one_operation() as operation:
        set_words(HOUSE, words)
    return operation.id


def _undo(operation: UUID | None) -> Undone:
    assert operation is not None
    return undo_operation(HOUSE, operation)


def _texts() -> list[tuple[str, str, str, str]]:
    return list(
        Wording.objects.order_by("kind", "key", "language").values_list("key", "language", "name", "description")
    )


def test_new_words_go_and_come_again(shop: Shop) -> None:
    said = _said(
        Said("category", "Giacche", "en", "Jackets", "Warm"),
        Said("category", "Giacche", "it", None, "Calde"),
        Said("value", "blu", "en", "navy"),
    )
    undone = _undo(said)
    assert _texts() == []
    _undo(undone.operation)
    assert _texts() == [("giacche", "en", "Jackets", "Warm"), ("giacche", "it", "", "Calde"), ("blu", "en", "navy", "")]


def test_a_changed_word_is_as_before_but_for_what_was_said_since(shop: Shop) -> None:
    _said(Said("category", "Giacche", "en", "Jackets", "Warm"))
    changed = _said(Said("category", "Giacche", "en", "Coats", "Warmer"))
    _said(Said("category", "Giacche", "en", None, "Warmest"))
    undone = _undo(changed)
    assert (undone.taken, undone.number_left) == (1, 1)
    assert _texts() == [("giacche", "en", "Jackets", "Warmest")]


def test_a_word_taken_away_is_said_again(shop: Shop) -> None:
    _said(Said("value", "blu", "en", "navy"))
    assert _undo(_said(Said("value", "blu", "en", ""))).taken == 1
    assert _texts() == [("blu", "en", "navy", "")]


def test_a_catalogue_is_called_as_before(shop: Shop) -> None:
    catalogue = save_catalogue(HOUSE, None, {"name": "Anteprima"})
    set_catalogue_text(HOUSE, catalogue, "en", name="Preview", description="For a few")
    with one_operation() as operation:
        set_catalogue_text(HOUSE, catalogue, "en", name="First look")
    assert _undo(operation.id).taken == 1
    assert _texts() == [(str(catalogue.pk), "en", "Preview", "For a few")]


def test_the_page_offers_the_way_back(shop: Shop, client_of: Clients) -> None:
    Product.objects.filter(pk=shop.products["Giacca di lino"].pk).update(category="Giacche")
    client, typed = client_of("inside"), {"kind": "category", "w0": "Giacche", "w0-name-en": "Jackets"}
    page = client.post("/products/words", typed, follow=True).content.decode()
    operation = AuditEntry.objects.get(action="wording.edit").operation
    assert f"/operations/{operation}/undo" in page
    client.post(f"/operations/{operation}/undo")
    assert _texts() == []
