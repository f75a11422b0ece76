"""A colleague who is named with @ is told and can read it; one who may not see the customer cannot be named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.foundation.notices.queries import told
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.services import edit_interaction, log_interaction
from filo.operational.parties.mentions import handles_in
from filo.testing.clients import CheckedClient
from filo.testing.world import World


def note(world: World, body: str, *, party: str = "shared", by: str = "agent") -> Interaction:
    return log_interaction(world.principal(by), world.parties[party], channel="note", body=body)


def lines(world: World, name: str) -> list[str]:
    mine = Notice.objects.filter(person=world.people[name]).select_related("actor").order_by("at")
    return [one.sentence for one in told(world.principal(name), mine)]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@anna.verdi puoi chiamare?", ["anna.verdi"]),
        ("ciao @Anna.Verdi, (@nicolò.d'alò)...", ["anna.verdi", "nicolo.dalo"]),
        ("chiedi ad @anna.verdi.", ["anna.verdi"]),
        ("scrivi ad anna@verdi.it o a www.x.it/@anna", []),
        ("@ e basta, @@@", []),
    ],
)
def test_an_address_is_no_mention(text: str, handles: list[str]) -> None:
    assert handles_in(text) == handles


def test_whoever_is_named_is_told_once_and_may_read_it(world: World) -> None:
    logged = note(world, "@teammate ne parli tu? Grazie @teammate, @nessuno")
    relay_batch()
    assert lines(world, "teammate") == ["Agent ti nomina in Emporio Conti S.n.c."]
    assert Interaction.objects.visible_to(world.principal("teammate")).filter(pk=logged.pk).exists()
    edit_interaction(world.principal("agent"), logged, version=None, body="@teammate @boss ne parlate voi?")
    relay_batch()
    assert len(lines(world, "teammate")) == 1
    assert lines(world, "boss") == ["Agent ti nomina in Emporio Conti S.n.c."]


def test_what_does_not_name_me_any_more_is_not_mine_to_read(world: World) -> None:
    logged = note(world, "@teammate ne parli tu?")
    edit_interaction(world.principal("agent"), logged, version=None, body="ne parlo io")
    assert not Interaction.objects.visible_to(world.principal("teammate")).filter(pk=logged.pk).exists()


def test_a_colleague_who_may_not_see_the_customer_cannot_be_named_and_nothing_is_lost(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    with pytest.raises(InvalidFields):
        note(world, "lo dico a @stranger")
    address = f"/parties/{world.parties['shared'].id}/interactions"
    page = client_of("agent").post(address, {"channel": "note", "body": "lo dico a @stranger"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "lo dico a @stranger" in text
    assert "Stranger non può vedere questo cliente" in text


def test_those_are_offered_who_may_see_the_customer(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    address = f"/parties/{world.parties['shared'].id}/colleagues"
    agent = client_of("agent")
    assert "@teammate" in agent.get(f"{address}?q=tea").content.decode()
    assert "@stranger" not in agent.get(f"{address}?q=stra").content.decode()
    assert client_of("stranger").get(f"{address}?q=tea").status_code == 404


def test_the_story_leads_from_the_name_to_what_the_colleague_did(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    note(world, "<b>@teammate</b> ne parli tu?")
    teammate, shared = world.people["teammate"], world.parties["shared"]
    page = client_of("agent").get(f"/parties/{shared.id}").content.decode()
    link = f'<a class="mention" href="/parties/{shared.id}?actor={teammate.id}#timeline">@teammate</a>'
    assert f"&lt;b&gt;{link}&lt;/b&gt; ne parli tu?" in page
