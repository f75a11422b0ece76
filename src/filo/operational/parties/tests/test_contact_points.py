"""Ways to reach a party: shared between parties, once within one, one of each type preferred."""

from __future__ import annotations

from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.services.editing import edit_party
from filo.operational.parties.templatetags.parties import with_breaks
from filo.testing.world import World


def arrived(principal: Principal, *points: dict[str, object]) -> Party:
    return create_party(principal, {"kind": "organisation", "legal_name": "Maglificio Prato", "contact_points": points})


def mail(value: str, **more: object) -> dict[str, object]:
    return {"type": "email", "value": value, **more}


def preferred_of(party: Party) -> list[tuple[str, bool]]:
    return list(party.contact_points.order_by("position").values_list("normalised", "preferred"))


def test_a_long_address_breaks_after_a_sign_and_stays_harmless() -> None:
    assert with_breaks("info@pec.impresa.example") == "info@<wbr>pec.<wbr>impresa.<wbr>example"
    assert with_breaks("<b>@x") == "&lt;b&gt;@<wbr>x"


def test_two_parties_share_an_e_mail(world: World) -> None:
    found = arrived(world.principal("agent"), mail("info@lanificio.example"))
    assert found.contact_points.get().normalised == world.parties["own"].contact_points.get(type="email").normalised
    assert found.pk != world.parties["own"].pk


def test_the_first_of_a_type_is_preferred_where_none_was_said(world: World) -> None:
    found = arrived(world.principal("agent"), mail("a@prato.example"), mail("b@prato.example"))
    assert preferred_of(found) == [("a@prato.example", True), ("b@prato.example", False)]


def test_of_two_preferred_e_mails_one_stays_so_and_the_phone_has_its_own(world: World) -> None:
    found = arrived(
        world.principal("agent"),
        mail("a@prato.example"),
        mail("b@prato.example", preferred=True),
        mail("c@prato.example", preferred=True),
        {"type": "phone", "value": "0574 123456"},
    )
    assert preferred_of(found) == [
        ("a@prato.example", False),
        ("b@prato.example", True),
        ("c@prato.example", False),
        ("+390574123456", True),
    ]


def test_the_same_value_written_twice_is_one(world: World) -> None:
    found = arrived(
        world.principal("agent"),
        mail("Info@Prato.example"),
        mail("info@prato.example"),
        {"type": "phone", "value": "0574 123456"},
        {"type": "phone", "value": "+39 0574-12.34.56"},
    )
    assert [row.normalised for row in found.contact_points.order_by("position")] == [
        "info@prato.example",
        "+390574123456",
    ]


def test_points_that_stay_keep_their_row_when_others_come_and_go(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, mail("a@prato.example"), mail("b@prato.example"))
    kept, gone = party.contact_points.order_by("position")
    edit_party(
        agent, party, {"contact_points": [mail("c@prato.example"), mail("A@prato.example", label="Ufficio")]}, version=1
    )
    new, stayed = party.contact_points.order_by("position")
    assert (stayed.pk, stayed.value, stayed.label) == (kept.pk, "A@prato.example", "Ufficio")
    assert new.pk not in (kept.pk, gone.pk)


def test_the_preference_passes_to_another_row(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, mail("a@prato.example"), mail("b@prato.example"))
    points = [mail("a@prato.example"), mail("b@prato.example", preferred=True)]
    edit_party(agent, party, {"contact_points": points}, version=1)
    assert preferred_of(party) == [("a@prato.example", False), ("b@prato.example", True)]


def test_a_phone_keeps_its_extension_through_an_edit(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, {"type": "phone", "value": "0574 123456 int. 12"})
    edit_party(agent, party, {"notes": "Chiedere di Carla"}, version=1)
    point = party.contact_points.get()
    assert (point.normalised, point.extension) == ("+390574123456", "12")


def test_a_phone_takes_another_extension_in_its_own_row(world: World) -> None:
    agent = world.principal("agent")
    party = arrived(agent, {"type": "phone", "value": "0574 123456 int. 12"})
    before = party.contact_points.get()
    edit_party(agent, party, {"contact_points": [{"type": "phone", "value": "0574 123456 int. 7"}]}, version=1)
    after = party.contact_points.get()
    assert (after.pk, after.extension) == (before.pk, "7")
