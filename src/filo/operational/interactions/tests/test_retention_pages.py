"""The pages of retention: seen by who looks after the firm, saved after a look, told on the card and on the story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.privacy.models import Hold, RetentionRule
from filo.foundation.privacy.services.holds import place_hold
from filo.foundation.privacy.services.rules import add_rule
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.services import log_interaction
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[[str], CheckedClient]
NEW = "/settings/retention/new?kind=interactions"


@pytest.fixture
def old_call(world: World) -> Interaction:
    with clock.at(clock.now() - timedelta(days=400)):
        return log_interaction(world.principal("agent"), world.parties["own"], channel="call", subject="Autumn order")


def test_only_who_looks_after_the_firm_sees_and_only_the_administrator_decides(
    world: World, client_of: ClientOf
) -> None:
    rule = add_rule(world.principal("admin"), kind="interactions", days=365)
    for person, seen, decides in (("admin", 200, 200), ("boss", 200, 403), ("manager", 403, 403), ("agent", 403, 403)):
        client = client_of(person)
        for address in ("/settings/retention", "/settings/personal-data", "/settings/personal-data.csv"):
            assert client.get(address).status_code == seen, (person, address)
        hold = f"/settings/holds/party/{world.parties['own'].id}"
        for address in (NEW, f"/settings/retention/{rule.id}", hold):
            assert client.get(address).status_code == decides, (person, address)
        if decides == 403:
            assert client.post(f"/settings/retention/{rule.id}/off").status_code == 403
            assert client.post(hold, {"reason": "Because"}).status_code == 403


def test_a_rule_is_saved_after_a_look_at_what_would_go(
    world: World, client_of: ClientOf, old_call: Interaction
) -> None:
    admin = client_of("admin")
    typed = {"source": "call", "amount": "12", "unit": "months"}
    looked = admin.post(NEW, typed)
    assert looked.status_code == 200
    assert looked.context["preview"].number == 1
    assert "Autumn order" in looked.content.decode()
    assert not RetentionRule.objects.exists()
    stamp = looked.context["form"].data["looked"]
    other = admin.post(NEW, typed | {"amount": "24", "looked": stamp})  # what was seen is not what is typed
    assert other.context["preview"].number == 0
    assert not RetentionRule.objects.exists()
    assert admin.post(NEW, typed | {"looked": stamp}).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.source, rule.days, rule.active) == ("call", 365, True)
    page = admin.get("/settings/retention").content.decode()
    assert "12 mesi" in page
    again = admin.post(NEW, typed | {"looked": stamp})
    assert again.status_code == 422
    assert RetentionRule.objects.count() == 1


def test_a_rule_is_changed_and_switched(world: World, client_of: ClientOf) -> None:
    admin, rule = client_of("admin"), add_rule(world.principal("admin"), kind="interactions", days=365)
    address = f"/settings/retention/{rule.id}"
    typed = {"amount": "10", "unit": "years", "version": "1"}
    assert admin.post(address, typed).context["preview"].number == 0
    assert admin.post(address, typed | {"looked": "||3650"}).status_code == 302
    stale = admin.post(address, typed | {"amount": "3", "looked": "||1095"})
    assert stale.status_code == 412
    admin.post(f"{address}/off")
    rule.refresh_from_db()
    assert (rule.days, rule.active) == (3650, False)
    admin.post(f"{address}/on")
    rule.refresh_from_db()
    assert rule.active


def test_what_makes_no_sense_is_refused_at_its_field(world: World, client_of: ClientOf) -> None:
    answer = client_of("admin").post("/settings/retention/new?kind=jobs", {"amount": "2", "unit": "years"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"]


def test_proposals_are_there_and_do_nothing(world: World, client_of: ClientOf) -> None:
    proposed = client_of("admin").get("/settings/retention").context["proposals"]
    assert {one.kind.code for one in proposed} >= {"interactions", "imports", "mails", "security-log", "sessions"}
    assert not RetentionRule.objects.exists()


def test_a_hold_shows_on_the_card_and_is_lifted_there(world: World, client_of: ClientOf) -> None:
    admin, own = client_of("admin"), world.parties["own"]
    card = f"/parties/{own.id}"
    assert f"/settings/holds/party/{own.id}" in admin.get(card).content.decode()
    assert "/settings/holds/" not in client_of("agent").get(card).content.decode()
    assert admin.post(f"/settings/holds/party/{own.id}", {"reason": "", "until": ""}).status_code == 422
    assert admin.post(f"/settings/holds/party/{own.id}", {"reason": "Causa 12/2026"}).status_code == 302
    assert "Causa 12/2026" in admin.get(card).content.decode()
    colleague = client_of("agent").get(card).content.decode()
    assert "Blocco legale" in colleague
    assert "Causa 12/2026" not in colleague
    assert own.display_name in admin.get("/settings/retention").content.decode()
    hold = Hold.objects.get()
    assert admin.post(f"/settings/holds/{hold.id}/lift", {"from": "card"})["Location"] == card
    assert "Causa 12/2026" not in admin.get(card).content.decode()


def test_an_interaction_says_until_when_it_is_kept(world: World, client_of: ClientOf, old_call: Interaction) -> None:
    agent, address = client_of("agent"), f"/interactions/{old_call.id}"
    assert "Conservata fino al" not in agent.get(address).content.decode()
    add_rule(world.principal("admin"), kind="interactions", days=3650, source="call")
    page = agent.get(address)
    assert "Conservata fino al" in page.content.decode()
    assert page.context["kept_until"] == old_call.at + timedelta(days=3650)
    place_hold(world.principal("admin"), "party", world.parties["own"].id, reason="Causa")
    assert "Conservata fino al" not in agent.get(address).content.decode()


def test_examples_are_those_one_may_see(world: World, client_of: ClientOf, old_call: Interaction) -> None:
    """Management sees the pages; what it may not see of a customer is counted, never shown."""
    add_rule(world.principal("admin"), kind="interactions", days=365)
    from filo.foundation.privacy.queries import preview

    shown = preview(world.principal("boss"), RetentionRule.objects.get())
    assert shown.number == 1
    assert len(shown.examples) == 1


def test_the_register_says_how_long_and_goes_along_as_a_table(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")
    before = admin.get("/settings/personal-data").content.decode()
    assert "parties.Party" in before
    add_rule(world.principal("admin"), kind="mails", days=365)
    text = admin.get("/settings/personal-data.csv").content.decode("utf-8-sig")
    row = next(line for line in text.splitlines() if "mail.OutgoingMail" in line)
    assert "12 mesi" in row
    assert len(text.splitlines()) > 30
