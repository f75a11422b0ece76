"""Who sees price lists, and who keeps them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.operational.prices.models import PartyClass, PriceList
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.tests.shop import Shop, a_list
from filo.testing.clients import CheckedClient


@pytest.mark.parametrize(
    ("who", "sees", "keeps"),
    [
        ("admin", True, True),
        ("boss", True, True),
        ("manager", True, False),
        ("agent", True, False),
        ("inside", True, False),
        ("operator", True, False),
        ("researcher", False, False),
    ],
)
def test_who_sees_and_who_keeps(shop: Shop, who: str, sees: bool, keeps: bool) -> None:
    principal = shop.world.principal(who)
    assert (principal.may("price", "view"), principal.may("price", "edit")) == (sees, keeps)


def test_a_list_for_one_customer_is_seen_with_him(shop: Shop, client_of: Callable[[str], CheckedClient]) -> None:
    found = a_list("secret", party=shop.world.parties["own"])
    seen = {
        who
        for who in ("admin", "agent", "stranger")
        if found in PriceList.objects.visible_to(shop.world.principal(who))
    }
    assert seen == {"admin", "agent"}
    assert client_of("agent").get(f"/price-lists/{found.id}").status_code == 200
    assert client_of("stranger").get(f"/price-lists/{found.id}").status_code == 404
    assert b"Secret" not in client_of("stranger").get("/price-lists").content


def test_the_class_of_a_customer_is_said_by_who_keeps_prices(
    shop: Shop, client_of: Callable[[str], CheckedClient]
) -> None:
    own = shop.world.parties["own"].id
    assert client_of("agent").post(f"/parties/{own}/price-class", {"word": "oro"}).status_code == 403
    assert client_of("stranger").post(f"/parties/{own}/price-class", {"word": "oro"}).status_code == 404
    typed = {"word": " Oro ", "version": version_of("")}
    assert client_of("boss").post(f"/parties/{own}/price-class", typed).status_code == 302
    assert PartyClass.objects.get(party=own).word == "oro"
    assert b"oro" in client_of("agent").get(f"/parties/{own}/prices").content
