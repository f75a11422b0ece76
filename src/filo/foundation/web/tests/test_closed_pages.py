"""A page that is not for somebody says so; it does not say that he may see what he may not."""

from __future__ import annotations

from collections.abc import Callable

from filo.testing.clients import CheckedClient
from filo.testing.world import World


def test_a_page_that_is_not_for_ones_role_says_so(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    answer = client_of("agent").get("/parties/bin")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Questa pagina non è aperta al tuo ruolo" in page
    assert "Puoi vedere" not in page


def test_what_is_not_there_shows_a_way_on(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    answer = client_of("agent").get(f"/parties/{world.parties['southern'].id}")
    assert answer.status_code == 404
    assert "Cercalo per nome" in answer.content.decode()
