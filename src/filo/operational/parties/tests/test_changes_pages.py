"""The pages of changes and the bin: who sees what of them, and the way back from each."""

from __future__ import annotations

from collections.abc import Callable

from filo.foundation.access.services import make_ready_roles
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.editing import edit_party
from filo.operational.parties.services.relationships import assign_relationship
from filo.operational.parties.services.stages import move_stage
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def page(client: CheckedClient, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def page_after(client: CheckedClient, address: str, form: dict[str, str]) -> str:
    return client.post(address, form, follow=True).content.decode()


def test_an_edit_on_the_page_offers_the_way_back_and_goes_it(world: World, client_of: ClientOf) -> None:
    client, party = client_of("agent", **{"Accept-Language": "en"}), world.parties["own"]
    address = f"/parties/{party.id}/edit"
    form = values_of(client.get(address).content.decode(), containing="sector") | {"sector": "Tessile"}
    after = client.post(address, form, follow=True).content.decode()
    operation = AuditEntry.objects.get(action="party.edit").operation
    toast = after.split('id="toasts"')[1]
    assert f"/operations/{operation}/undo" in toast
    assert "csrfmiddlewaretoken" in toast
    back = client.post(f"/operations/{operation}/undo?next=/parties/{party.id}", follow=True).content.decode()
    assert Party.objects.get(pk=party.pk).sector == ""
    undo = AuditEntry.objects.get(undoes=operation).operation
    assert f"/operations/{undo}/undo" in back


def test_the_changes_of_a_card_tell_who_what_and_from_where(world: World, client_of: ClientOf) -> None:
    party = world.parties["own"]
    edit_party(world.principal("manager").through("api"), party, {"language": "en", "sector": "Moda"}, version=None)
    move_stage(world.principal("agent"), party.relationships.get(), to="customer", reason="signed")
    world.people["agent"].language = "en"
    world.people["agent"].save()
    text = page(client_of("agent"), f"/parties/{party.id}/changes")
    for words in (
        "Manager",
        "through the API",
        "English",
        "Sector",
        "Moda",
        "Customer",
        "signed",
        "Back to how it was",
    ):
        assert words in text, words
    assert text.index("signed") < text.index("Sector")


def test_who_may_only_look_is_offered_no_way_back(world: World, client_of: ClientOf) -> None:
    party = world.parties["own"]
    edit_party(world.principal("manager"), party, {"sector": "Moda"}, version=None)
    role = make_ready_roles()["agent"]
    role.grants = {"party": {"edit": "none"}}
    role.save()
    text = page(client_of("agent"), f"/parties/{party.id}/changes")
    assert "Moda" in text
    assert "/undo" not in text


def test_what_a_role_may_not_see_is_not_among_the_changes(world: World, client_of: ClientOf) -> None:
    role = make_ready_roles()["agent"]
    role.masks = {"party": ["notes"]}
    role.save()
    shared = world.parties["shared"]
    edit_party(world.principal("admin"), shared, {"notes": "canary-of-notes"}, version=None)
    others = shared.relationships.get(product_line=world.lines["uomo"])
    move_stage(world.principal("admin"), others, to="prospect", reason="canary-of-the-other-line")
    assign_relationship(
        world.principal("admin"),
        shared.relationships.get(product_line=world.lines["donna"]),
        version=None,
        owner_id=world.people["agent"].id,
        area=None,
        channel=None,
        unit=world.units["nord"],
    )
    for text in (
        page(client_of("agent"), f"/parties/{shared.id}/changes"),
        api_of(world, "agent").read(f"/parties/{shared.id}/changes").content.decode(),
    ):
        assert "canary" not in text
    assert "canary-of-notes" in page(client_of("manager"), f"/parties/{shared.id}/changes")
    assert client_of("stranger").get(f"/parties/{shared.id}/changes").status_code == 404


def test_nobody_puts_back_what_is_not_his(world: World, client_of: ClientOf) -> None:
    southern = world.parties["southern"]
    edit_party(world.principal("admin"), southern, {"sector": "Moda"}, version=None)
    operation = AuditEntry.objects.get(action="party.edit").operation
    assert client_of("agent").post(f"/operations/{operation}/undo").status_code == 404
    assert client_of("researcher").post(f"/operations/{operation}/undo").status_code == 302
    assert Party.objects.get(pk=southern.pk).sector == ""


def test_the_api_takes_an_operation_back_once(world: World) -> None:
    manager, party = api_of(world, "manager"), world.parties["own"]
    edit_party(world.principal("manager"), party, {"sector": "Moda"}, version=None)
    (change,) = [
        item for item in manager.read(f"/parties/{party.id}/changes").json()["items"] if item["action"] == "party.edit"
    ]
    assert change["changes"] == {"sector": ["", "Moda"]}
    done = manager.send(f"/operations/{change['operation']}/undo").json()
    assert (done["taken"], done["left"], done["job"]) == (1, 0, None)
    assert manager.send(f"/operations/{change['operation']}/undo").json()["taken"] == 0
    reading = api_of(world, "manager", scopes=["party:read"])
    assert reading.send(f"/operations/{done['operation']}/undo").status_code == 403


def test_the_bin_shows_ones_own_and_gives_back_with_relations(world: World, client_of: ClientOf) -> None:
    party, manager = world.parties["own"], client_of("manager")
    manager.post(f"/parties/{party.id}/delete")
    text = page(manager, "/parties/bin")
    assert party.display_name in text
    assert "Manager" in text
    assert party.display_name not in page(client_of("other_manager"), "/parties/bin")
    assert client_of("agent").get("/parties/bin").status_code == 403
    manager.post(f"/parties/{party.id}/restore")
    assert Party.objects.visible_to(world.principal("agent")).filter(pk=party.pk).exists()
    assert PartyRelation.objects.filter(to_party=party).exists()
    assert party.display_name not in page(manager, "/parties/bin").split('id="toasts"')[0]


def test_who_was_brought_in_by_mistake_goes_into_the_bin_alone_and_is_named(world: World, client_of: ClientOf) -> None:
    admin = world.principal("admin")
    with one_operation() as act:
        first = create_party(admin, {"kind": "person", "given_name": "Mario", "family_name": "Rossi"})
        second = create_party(admin, {"kind": "organisation", "legal_name": "Studio Rossi"})
    client = client_of("admin")
    text = page(client, f"/parties/{first.id}/changes")
    assert f'action="/parties/{first.id}/delete"' in text
    assert f"/operations/{act.id}/undo" not in text
    assert "Sposta nel cestino" in text
    after = page_after(client, f"/parties/{first.id}/delete", {})
    assert "Mario Rossi è nel cestino" in after.split('id="toasts"')[1]
    assert Party.objects.get(pk=first.pk).deleted_at is not None
    assert Party.objects.get(pk=second.pk).deleted_at is None


def test_putting_back_on_a_card_leaves_the_others_of_the_same_act_and_says_whose_it_was(
    world: World, client_of: ClientOf
) -> None:
    admin, own, southern = world.principal("admin"), world.parties["own"], world.parties["southern"]
    with one_operation() as act:
        for party in (own, southern):
            edit_party(admin, party, {"sector": "Moda"}, version=None)
    client = client_of("admin")
    form = values_of(page(client, f"/parties/{own.id}/changes"), containing="only")
    assert form["only"] == str(own.id)
    after = page_after(client, f"/operations/{act.id}/undo", form)
    assert f"{own.display_name}: 1 modifica annullata." in after
    assert [Party.objects.get(pk=party.pk).sector for party in (own, southern)] == ["", "Moda"]
    assert "Torna a com’era prima" in page(client, f"/parties/{southern.id}/changes")


def test_what_was_empty_before_is_not_told_as_struck_through(world: World, client_of: ClientOf) -> None:
    party = world.parties["own"]
    edit_party(world.principal("manager"), party, {"sector": "Moda"}, version=None)
    text = page(client_of("manager"), f"/parties/{party.id}/changes")
    assert "<ins>Moda</ins>" in text
    assert "<del>vuoto</del>" not in text


def test_a_refused_way_back_bears_no_tick(world: World, client_of: ClientOf) -> None:
    party = world.parties["own"]
    edit_party(world.principal("manager"), party, {"sector": "Moda"}, version=None)
    operation = AuditEntry.objects.get(action="party.edit").operation
    edit_party(world.principal("admin"), party, {"sector": "Lusso"}, version=None)
    after = page_after(client_of("manager"), f"/operations/{operation}/undo", {})
    toast = after.split('id="toasts"')[1]
    assert "#circle-alert" in toast.split("</filo-toast>")[0]
    assert "Non è stato annullato niente" in toast
