"""An administrator makes fields in the settings; nobody else does, and nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.text import slugify

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.services.making import bring_back, change_field, make_field, move_field, retire_field
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

SHOES: dict[str, Any] = {"label_it": "Numero di scarpe", "kind": "number"}
SPORT: dict[str, Any] = {
    "label_it": "Sport preferito",
    "label_en": "Favourite sport",
    "kind": "choice",
    "choices": [{"it": "Sci", "en": "Skiing"}, {"it": "Vela", "en": "Sailing"}],
}


def made(world: World, facts: dict[str, Any]) -> CustomField:
    return make_field(world.principal("admin"), "party", facts)


def labels() -> list[str]:
    return [field.label_it for field in fields_of("party")]


def test_a_field_gets_its_code_from_its_italian_name_and_keeps_it(world: World) -> None:
    first, second = made(world, SHOES), made(world, SHOES)
    assert (first.code, second.code, first.place, second.place) == ("numero-di-scarpe", "numero-di-scarpe-2", 0, 1)
    changed = change_field(world.principal("admin"), first, {**SHOES, "label_it": "Taglia"}, version=1)
    assert (changed.label_it, changed.code, changed.version) == ("Taglia", "numero-di-scarpe", 2)
    assert AuditEntry.objects.get(action="field.change").changes == {"label_it": ["Numero di scarpe", "Taglia"]}
    assert list(OutboxEvent.objects.filter(type__startswith="field.").values_list("type", flat=True)) == [
        "field.made",
        "field.made",
        "field.changed",
    ]


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"label_it": " ", "kind": "text"}, "label_it"),
        ({"label_it": "Sport", "kind": "colour"}, "kind"),
        ({"label_it": "Sport", "kind": "choice", "choices": []}, "choices"),
        ({"label_it": "Sport", "kind": "choices", "choices": [{"it": "Sci"}, {"it": "sci"}]}, "choices"),
        ({"label_it": "Budget", "kind": "money", "currency": "euro"}, "currency"),
    ],
)
def test_a_field_without_sense_is_refused_at_what_lacks_sense(world: World, facts: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        made(world, facts)
    assert list(refusal.value.fields) == [wrong]
    assert not CustomField.objects.exists()


def test_only_who_may_change_the_settings_makes_fields(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    with pytest.raises(Forbidden):
        make_field(world.principal("manager"), "party", SHOES)
    field = made(world, SHOES)
    for verb in (retire_field, bring_back):
        with pytest.raises(Forbidden):
            verb(world.principal("agent"), field)
    assert client_of("agent").get("/settings/fields").status_code == 403
    assert client_of("agent").post(f"/settings/fields/{field.id}/retire").status_code == 403
    assert client_of("agent").get("/settings/fields/new").status_code == 403


def test_two_administrators_do_not_write_over_each_other(world: World) -> None:
    field = made(world, SHOES)
    change_field(world.principal("admin"), field, {**SHOES, "hint": "In centimetri"}, version=1)
    with pytest.raises(Stale) as refusal:
        change_field(world.principal("admin"), field, {**SHOES, "hint": "Europea"}, version=1)
    assert refusal.value.differing == {"hint": ("In centimetri", "Europea")}


def test_once_something_is_written_the_kind_stays_and_a_choice_is_retired_not_lost(world: World) -> None:
    field = made(world, SPORT)
    agent, own = world.principal("agent"), world.parties["own"]
    edit_party(agent, own, {"fields.sport-preferito": "vela"}, version=None)
    admin = world.principal("admin")
    with pytest.raises(InvalidFields) as refusal:
        change_field(admin, field, {**SPORT, "kind": "text"}, version=1)
    assert list(refusal.value.fields) == ["kind"]
    only_skiing = {**SPORT, "choices": [{"code": "sci", "it": "Sci"}]}
    with pytest.raises(InvalidFields) as refusal:
        change_field(admin, field, only_skiing, version=1)
    assert str(refusal.value.fields["choices"][0]).startswith("Vela: ")
    retired = {**SPORT, "choices": [{"code": "sci", "it": "Sci"}, {"code": "vela", "it": "Vela", "retired": True}]}
    change_field(admin, field, retired, version=1)
    with pytest.raises(InvalidFields):  # not for somebody new
        edit_party(agent, world.parties["shared"], {"fields.sport-preferito": "vela"}, version=None)
    edit_party(agent, own, {"fields.sport-preferito": "vela", "sector": "Lana"}, version=None)
    assert Party.objects.get(pk=own.pk).fields == {"sport-preferito": "vela"}


def test_a_retired_field_keeps_its_values_and_brings_them_back(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    field = made(world, SHOES)
    own, agent = world.parties["own"], world.principal("agent")
    edit_party(agent, own, {"fields.numero-di-scarpe": 42}, version=None)
    page = client_of("admin").post(f"/settings/fields/{field.id}/retire", follow=True).content.decode()
    assert f"/settings/fields/{field.id}/back" in page
    assert "Numero di scarpe" not in client_of("agent").get(f"/parties/{own.id}").content.decode()
    with pytest.raises(InvalidFields):
        edit_party(agent, own, {"fields.numero-di-scarpe": 43}, version=None)
    edit_party(agent, own, {"sector": "Lana"}, version=None)
    client_of("admin").post(f"/settings/fields/{field.id}/back")
    card = client_of("agent").get(f"/parties/{own.id}").content.decode()
    assert "Numero di scarpe" in card
    assert Party.objects.get(pk=own.pk).fields == {"numero-di-scarpe": "42"}
    assert FieldValue.objects.get(object_id=own.id).number == 42


def test_fields_are_put_in_order(world: World) -> None:
    first, second = made(world, SHOES), made(world, SPORT)
    move_field(world.principal("admin"), second, up=True)
    assert labels() == ["Sport preferito", "Numero di scarpe"]
    move_field(world.principal("admin"), second, up=True)
    assert labels() == ["Sport preferito", "Numero di scarpe"]
    move_field(world.principal("admin"), first, up=True)
    assert labels() == ["Numero di scarpe", "Sport preferito"]


def test_an_example_of_the_empty_page_is_one_press_from_being_a_field(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    admin = client_of("admin")
    assert "/settings/fields/new?example=priority" in admin.get("/settings/fields").content.decode()
    form = values_of(admin.get("/settings/fields/new?example=priority").content.decode(), containing="label_it")
    assert admin.post("/settings/fields/new", form).status_code == 302
    (field,) = fields_of("party")
    assert (field.code, list(field.labels)) == ("importanza", ["alta", "media", "bassa"])


def test_choices_are_edited_on_a_page_without_script(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    field, admin = made(world, SPORT), client_of("admin")
    address = f"/settings/fields/{field.id}"
    form = values_of(admin.get(address).content.decode(), containing="label_it")
    sent = form | {"choice-1-it": "Vela e canoa", "choice-2-it": "Nuoto", "roles": "agent", "stages": "customer"}
    assert admin.post(address, sent).status_code == 302
    (field,) = fields_of("party")
    assert [(row["code"], row["it"]) for row in field.choices] == [
        ("sci", "Sci"),
        ("vela", "Vela e canoa"),
        ("nuoto", "Nuoto"),
    ]
    assert field.required == {"roles": ["agent"], "stages": ["customer"]}
    refused = admin.post(address, form | {"choice-0-it": "", "choice-0-en": "", "choice-1-it": "", "choice-1-en": ""})
    assert refused.status_code in (412, 422)


def test_the_code_is_chosen_once_and_never_again(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    admin = client_of("admin")
    form = values_of(admin.get("/settings/fields/new").content.decode(), containing="label_it")
    typed = form | {"label_it": "Budget per l'anno prossimo", "kind": "money", "code": "budget"}
    for wrong in ("Budget", "1-budget", "budget 2027"):
        assert admin.post("/settings/fields/new", typed | {"code": wrong}).status_code == 422
    assert admin.post("/settings/fields/new", typed).status_code == 302
    field = CustomField.objects.get()
    assert field.code == "budget"
    assert admin.post("/settings/fields/new", typed).status_code == 422
    assert 'name="code"' not in admin.get(f"/settings/fields/{field.id}").content.decode()


def test_a_code_made_of_a_long_name_ends_with_a_word(world: World) -> None:
    name = "Numero complessivo dei punti vendita aperti nel corso dell'anno"
    code = make_field(world.principal("admin"), "party", {"label_it": name, "kind": "number"}).code
    assert set(code.split("-")) <= set(slugify(name).split("-"))
