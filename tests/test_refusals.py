"""Nonsense is refused with a sentence at its field, nothing typed is lost, and no text runs as anything."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponse

from filo.operational.interactions.models import Interaction
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.editing import edit_party
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import BUILDER, World

SignedIn = Callable[..., CheckedClient]


PAYLOADS = [
    "<script>window.__x=1</script>",
    '"><img src=x onerror=window.__x=1>',
    "'-alert(1)-'",
    "{{ 7|add:7 }}{% debug %}{{ request.user.password }}",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "'; DROP TABLE parties_party; --",
    '" OR 1=1 --',
    "javascript:alert(1)",
    "</textarea></title></style><svg/onload=alert(1)>",
    "\u202egnp.exe \u200b\ufeff",
]
NUL = "a\x00b"


def refusals(response: HttpResponse) -> list[str]:
    """The sentences at fields and above forms."""
    found = re.findall(r'<p class="(?:error|problem)"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", text)).strip() for text in found]


def at_field(response: HttpResponse, name: str) -> str:
    """The sentence that stands at a field, which the field itself points to for screen readers."""
    found = re.search(rf'<p class="error" id="id_{re.escape(name)}_error"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    assert found, f"no sentence at {name}; there is {refusals(response)}"
    field = re.search(rf'<(?:input|select|textarea)[^>]*name="{re.escape(name)}"[^>]*>', response.text)
    assert field, f"there is no field {name}"
    assert 'aria-invalid="true"' in field.group(), f"{name} does not say that it is wrong"
    return html.unescape(re.sub(r"<[^>]+>", "", found.group(1))).strip()


def typed_in(response: HttpResponse, name: str) -> str:
    return values_of(response.text, containing=name)[name]


# --- forms --------------------------------------------------------------------------------------------------


def empty_party(client: CheckedClient, kind: str) -> dict[str, str]:
    return values_of(client.get(f"/parties/new?kind={kind}").text, containing="point-TOTAL_FORMS")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("vat_number", "12345678901"),
        ("vat_number", "IT0000"),
        ("codice_fiscale", "RSSMRA80A01F205"),
        ("codice_fiscale", "not at all"),
        ("sdi_code", "AB"),
        ("point-0-value", "not a number"),
        ("point-1-value", "no@mail@at.all"),
        ("address-0-province", "ZZ"),
        ("address-0-postal_code", "20x21"),
        ("address-0-country", "Italy"),
        ("legal_name", ""),
    ],
)
def test_a_wrong_fact_is_refused_at_its_field(client_of: SignedIn, name: str, typed: str) -> None:
    client = client_of("inside")
    data = empty_party(client, "organisation") | {"legal_name": "Nuova Ditta", "notes": "kept as typed"} | {name: typed}
    if name.startswith("address"):
        data = {**data, "address-0-city": "Milano", "address-0-street": "Via Roma 1", name: typed}
    response = client.post("/parties/new?kind=organisation", data)
    assert response.status_code == 422
    sentence = at_field(response, name)
    assert len(sentence.split()) > 2
    assert sentence.endswith((".", "?"))
    assert typed_in(response, name) == typed
    assert typed_in(response, "notes") == "kept as typed"


def test_a_person_without_a_name_is_refused(client_of: SignedIn) -> None:
    client = client_of("inside")
    response = client.post("/parties/new?kind=person", empty_party(client, "person") | {"notes": "kept"})
    assert response.status_code == 422
    assert at_field(response, "family_name")
    assert typed_in(response, "notes") == "kept"


@pytest.mark.parametrize("day", ["2026-02-30", "3026-01-01", "1700-01-01", "x", "31/02/1980"])
def test_a_birth_day_that_cannot_be_is_refused(client_of: SignedIn, day: str) -> None:
    client = client_of("inside")
    data = empty_party(client, "person") | {"family_name": "Neri", "birth_date": day}
    response = client.post("/parties/new?kind=person", data)
    assert response.status_code == 422
    assert at_field(response, "birth_date")


def test_a_stage_without_a_reason_is_refused(client_of: SignedIn, world: World) -> None:
    tie = Relationship.objects.get(party=world.parties["own"])
    response = client_of("agent").post(
        f"/relationships/{tie.id}/stage", {"stage": "customer", "version": "1", "reason": " "}
    )
    assert response.status_code == 422
    assert at_field(response, "reason")
    assert typed_in(response, "stage") == "customer"


def test_a_stage_that_is_none_is_refused(client_of: SignedIn, world: World) -> None:
    tie = Relationship.objects.get(party=world.parties["own"])
    response = client_of("agent").post(
        f"/relationships/{tie.id}/stage", {"stage": "king", "version": "1", "reason": "because"}
    )
    assert response.status_code == 422
    assert at_field(response, "stage")
    assert typed_in(response, "reason").strip() == "because"


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "tomorrow"},
        {"at": "2999-01-01T10:00"},
        {"minutes": "-1"},
        {"minutes": "99999999999999999999"},
        {"outcome": "call:nothing-like-it"},
        {"channel": "telepathy"},
        {"channel": "note", "body": "", "subject": ""},
        {"colleagues": "01a2019c-7fd7-7c53-bc80-8be9dfea212e"},
        {"colleagues": "x"},
        {"next_due": "someday", "next_title": "x"},
        {"subject": "s" * 201},
    ],
)
def test_an_interaction_that_makes_no_sense_is_refused(
    client_of: SignedIn, world: World, wrong: dict[str, str]
) -> None:
    data = {"channel": "call", "subject": "offer", "body": "a long story"} | wrong
    response = client_of("agent").post(f"/parties/{world.parties['own'].id}/interactions", data)
    assert response.status_code == 422
    assert refusals(response)
    if wrong.get("body") is None:
        assert typed_in(response, "body").strip() == "a long story"


def test_a_task_without_words_or_with_a_wrong_day_is_refused(client_of: SignedIn) -> None:
    client = client_of("agent")
    form = values_of(client.get("/tasks/new").text, containing="title")
    response = client.post("/tasks/new", form | {"title": " ", "due_on": "2026-12-01"})
    assert (response.status_code, typed_in(response, "due_on")) == (422, "2026-12-01")
    assert at_field(response, "title")
    response = client.post("/tasks/new", form | {"title": "Call", "due_on": "never"})
    assert (response.status_code, typed_in(response, "title")) == (422, "Call")
    assert at_field(response, "due_on")


def test_a_relation_with_nobody_is_refused_with_a_sentence(client_of: SignedIn, world: World) -> None:
    own = world.parties["own"]
    for to in ("", "x"):
        response = client_of("agent").post(f"/parties/{own.id}/relations/new", {"role": "contact", "to": to})
        assert response.status_code == 422
        assert refusals(response), to
    itself = client_of("agent").post(f"/parties/{own.id}/relations/new", {"role": "contact", "to": str(own.id)})
    assert itself.status_code == 422
    assert refusals(itself)


def test_a_relation_with_somebody_unseen_is_like_nobody(client_of: SignedIn, world: World) -> None:
    own, unseen = world.parties["own"], world.parties["southern"]
    response = client_of("agent").post(f"/parties/{own.id}/relations/new", {"role": "contact", "to": str(unseen.id)})
    assert response.status_code in (404, 422)
    assert "Moda Sud" not in response.text


def test_preferences_that_make_no_sense_are_refused(client_of: SignedIn) -> None:
    client = client_of("agent")
    form = values_of(client.get("/me").text, containing="time_zone")
    for name, typed in (("time_zone", "Mars/Olympus"), ("language", "xx"), ("theme", "pink"), ("density", "none")):
        response = client.post("/me", form | {name: typed})
        assert response.status_code == 422, name
        assert at_field(response, name)


def test_a_weak_or_wrong_password_is_refused(client_of: SignedIn) -> None:
    client = client_of("agent")
    for old, new in (
        ("wrong", "a-very-long-other-word"),
        ("a-long-enough-word", "qzx"),
        ("a-long-enough-word", "12345678"),
    ):
        response = client.post("/me/password", {"old_password": old, "new_password1": new, "new_password2": new})
        assert response.status_code == 422
        assert refusals(response)
        assert new not in response.text


# --- what no page sends -------------------------------------------------------------------------------------

WRONG_VERSIONS = ["abc", "-1", "9" * 400, "1.5", "٣", NUL]


@pytest.mark.parametrize("version", WRONG_VERSIONS)
def test_a_version_that_is_no_number_breaks_nothing(client_of: SignedIn, world: World, version: str) -> None:
    client, own = client_of("agent"), world.parties["own"]
    tie, call = Relationship.objects.get(party=own), world.interactions["agents_call"]
    edit = values_of(client.get(f"/parties/{own.id}/edit").text, containing="version")
    for address, data in (
        (f"/parties/{own.id}/edit", edit),
        (f"/relationships/{tie.id}/stage", {"stage": "prospect", "reason": "x"}),
        (f"/interactions/{call.id}", {"channel": "call", "body": "x", "subject": "y"}),
    ):
        response = client.post(address, data | {"version": version})
        assert response.status_code in (302, 400, 412, 422), address  # 302: nothing differed


@pytest.mark.parametrize("base", ["", "x", "[]", "null", '{"contact_points": [1]}', '{"notes": {"a": []}}', "{" * 5000])
def test_a_mangled_base_breaks_nothing(client_of: SignedIn, world: World, base: str) -> None:
    client, own = client_of("agent"), world.parties["own"]
    data = values_of(client.get(f"/parties/{own.id}/edit").text, containing="version")
    edit_party(BUILDER, own, {"sector": "lana"}, version=None)
    response = client.post(f"/parties/{own.id}/edit", data | {"base": base, "notes": "mine"})
    assert response.status_code in (302, 412, 422)


@pytest.mark.parametrize("total", ["", "abc", "-1", "100000", "61"])
def test_a_mangled_number_of_rows_breaks_nothing(client_of: SignedIn, world: World, total: str) -> None:
    client = client_of("inside")
    data = empty_party(client, "organisation") | {"legal_name": "Ditta", "point-TOTAL_FORMS": total}
    assert client.post("/parties/new?kind=organisation", data).status_code in (302, 400, 422)


@pytest.mark.parametrize(
    "extra", ["is_admin", "unit_id", "owner_id", "display_name", "id", "deleted_at", "stage", "company_id"]
)
def test_a_field_that_the_form_does_not_have_changes_nothing(client_of: SignedIn, world: World, extra: str) -> None:
    client, own = client_of("agent"), world.parties["own"]
    before = Party.objects.filter(pk=own.pk).values().get()
    data = values_of(client.get(f"/parties/{own.id}/edit").text, containing="version")
    client.post(f"/parties/{own.id}/edit", data | {extra: "1"})
    after = Party.objects.filter(pk=own.pk).values().get()
    assert after == before


ADDRESSES = [
    "/parties?q={}",
    "/parties?sort={}",
    "/parties?filter={}",
    "/parties?cursor={}",
    "/parties?stage={}",
    "/parties?owner={}",
    "/parties?area={}",
    "/parties?city={}",
    "/parties?province={}",
    "/parties?sector=contains:{}",
    "/parties?last_contact={}",
    "/parties?last_contact=within-days:{}",
    "/parties?created=before:{}",
    "/search?q={}",
    "/search/suggest?q={}&kind={}&choose={}",
    "/funnel?since={}&until={}&company={}",
    "/tasks?whose={}",
    "/tasks/new?party={}",
    "/parties/new?kind={}",
    "/parties/new?kind=person&firm={}",
    "/parties/OWN/timeline?channel={}",
    "/parties/OWN/timeline?direction={}&outcome={}",
    "/parties/OWN/timeline?words={}",
    "/parties/OWN/timeline?actor={}",
    "/parties/OWN/timeline?since={}&until={}",
    "/parties/OWN/timeline?cursor={}",
    "/parties/OWN?cursor={}",
    "/relationships/TIE/stage?to={}",
    "/parties/OWN/access?person={}",
]
NONSENSE = [
    *PAYLOADS,
    NUL,
    "x" * 5000,
    "-99999999999999999999",
    "99999999999999999999",
    "0",
    "NaN",
    "[]",
    "{}",
    "é" * 50,
    "%",
    "_",
    "\\",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nonsense_in_an_address_is_refused_or_finds_nothing(client_of: SignedIn, world: World, address: str) -> None:
    client = client_of("admin")
    client.raise_request_exception = False
    own = world.parties["own"]
    ready = address.replace("OWN", str(own.id)).replace("TIE", str(own.relationships.get().id))
    wrong = []
    for text in NONSENSE:
        response = client.get(ready.replace("{}", quote(text)))
        if response.status_code not in (200, 400, 404, 422):
            wrong.append((text[:40], response.status_code))
        elif any(raw in response.text for raw in ("<script>window.__x", "<img src=x", "<svg/onload")):
            wrong.append((text[:40], "is not escaped"))
    assert not wrong
    assert connection.introspection.table_names()  # the tables are all still there
    assert Party.objects.filter(pk=own.pk).exists()


def cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "forged",
    [
        cursor(0, "a", "not-an-id"),
        cursor(0, 1, 2),
        cursor(0, None, None),
        cursor(0, "a"),
        cursor(7, "a", "b"),
        cursor(0, NUL, "01a2019c-7fd7-7c53-bc80-8be9dfea212e"),
        cursor(0, {"a": 1}, []),
        cursor(1, 10**30, "01a2019c-7fd7-7c53-bc80-8be9dfea212e"),
        "%%%",
        "é",
    ],
)
@pytest.mark.parametrize(
    "address", ["/parties?", "/parties?sort=-last_contact&", "/parties?sort=created&", "/parties/OWN/timeline?"]
)
def test_a_forged_cursor_is_refused(client_of: SignedIn, world: World, address: str, forged: str) -> None:
    client = client_of("admin")
    client.raise_request_exception = False
    ready = address.replace("OWN", str(world.parties["own"].id))
    assert client.get(f"{ready}cursor={quote(forged)}").status_code in (200, 400)


@pytest.mark.parametrize(
    "tree",
    [
        {"field": "owner__password", "op": "is", "value": "x"},
        {"field": "owner__email__startswith", "op": "is", "value": "a"},
        {"field": "pk", "op": "in", "value": ["x"]},
        {"field": "stage", "op": "startswith", "value": "c"},
        {"field": "stage", "op": ["is"], "value": "c"},
        {"field": "stage", "op": "is", "value": {"a": 1}},
        {"field": "stage", "op": "is"},
        {"field": ["stage"], "op": "is", "value": "lead"},
        {"field": "stage", "op": "is", "value": "lead", "extra": 1},
        {"field": "owner", "op": "is", "value": "not-an-id"},
        {"field": "last_contact", "op": "within-days", "value": "-99999999999999"},
        {"field": "last_contact", "op": "before", "value": "9999999-01-01"},
        {"field": "created", "op": "after", "value": "2026-13-45"},
        {"field": "reached_by", "op": "in", "value": list(range(500))},
        {"and": {"field": "stage"}},
        {"or": ["x"]},
        {"not": []},
        {"and": [{"field": "kind", "op": "is", "value": "person"}] * 41},
        ["and"],
        "and",
        None,
    ],
    ids=lambda tree: json.dumps(tree)[:60],
)
def test_a_filter_that_is_not_declared_is_refused(client_of: SignedIn, tree: object) -> None:
    client = client_of("admin")
    client.raise_request_exception = False
    response = client.get("/parties?filter=" + quote(json.dumps(tree)))
    assert response.status_code == 400
    assert len(re.sub(r"<[^>]+>", "", response.text.split("<h1>")[1].split("</h1>")[0]).split()) > 2


@pytest.mark.parametrize(
    "sort", ["owner__password", "-owner", "?", "name,id", "pk", "sort_name", "NAME", "--name", "name; DROP TABLE x"]
)
def test_an_order_that_is_not_declared_is_refused(client_of: SignedIn, sort: str) -> None:
    assert client_of("admin").get("/parties?sort=" + quote(sort)).status_code == 400


# --- what people write --------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_shown_and_nothing_else(client_of: SignedIn, world: World, payload: str) -> None:
    client = client_of("inside")
    data = empty_party(client, "organisation") | {"legal_name": f"X {payload}", "notes": payload, "sector": payload}
    data |= {"address-0-street": payload, "address-0-city": "Roma"}
    made = client.post("/parties/new?kind=organisation", data)
    assert made.status_code == 302, refusals(made)
    party = Party.objects.latest("id")
    written = {"channel": "call", "subject": payload, "body": payload, "next_title": payload}
    assert client.post(f"/parties/{party.id}/interactions", written).status_code == 302
    call = Interaction.objects.latest("id")
    pages = ["", "/head", "/facts", "/timeline", "/peek", "/edit", "/relations/new"]
    addresses = [f"/parties/{party.id}{page}" for page in pages]
    addresses += [f"/interactions/{call.id}", "/parties", "/search?q=X", "/search/suggest?q=X", "/tasks", "/"]
    for address in addresses:
        text = client.get(address).text
        assert not executable(text), address
    shown = html.unescape(client.get(f"/parties/{party.id}").text)
    if "\u202e" not in payload:
        assert payload in shown


def executable(text: str) -> list[str]:
    """What a browser would run of a page: scripts that are not ours, handlers, javascript: addresses."""
    found = [tag for tag in re.findall(r"<script\b[^>]*>", text) if 'src="/static/' not in tag]
    found += re.findall(r"<[a-z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*\son\w+\s*=", text)
    found += re.findall(r"(?:href|src|action|formaction)=[\"']?\s*javascript:", text, re.IGNORECASE)
    return found + re.findall(r"<(?:img src=x|svg/onload)", text)


def test_template_language_in_a_name_is_not_computed(client_of: SignedIn, world: World) -> None:
    edit_party(BUILDER, world.parties["own"], {"legal_name": "{{ 7|add:7 }} {% now 'Y' %} ${7*7}"}, version=None)
    text = html.unescape(client_of("agent").get(f"/parties/{world.parties['own'].id}").text)
    assert "{{ 7|add:7 }} {% now 'Y' %} ${7*7}" in text


def test_an_address_of_the_web_that_would_run_is_no_link(client_of: SignedIn, world: World) -> None:
    client, own = client_of("agent"), world.parties["own"]
    data = values_of(client.get(f"/parties/{own.id}/edit").text, containing="version")
    data |= {"point-0-type": "web", "point-0-value": "javascript:alert(1)"}
    response = client.post(f"/parties/{own.id}/edit", data)
    assert response.status_code in (302, 422)
    assert not executable(client.get(f"/parties/{own.id}").text)


def test_a_filter_with_wildcards_takes_them_literally(client_of: SignedIn) -> None:
    tree = {"field": "sector", "op": "contains", "value": "%"}
    text = client_of("admin").get("/parties?filter=" + quote(json.dumps(tree))).text
    assert "Lanificio" not in text


# --- two people, one card -----------------------------------------------------------------------------------


def test_two_people_who_change_different_fields_are_both_kept(client_of: SignedIn, world: World) -> None:
    own, first, second = world.parties["own"], client_of("agent"), client_of("manager")
    mine = values_of(first.get(f"/parties/{own.id}/edit").text, containing="version")
    theirs = values_of(second.get(f"/parties/{own.id}/edit").text, containing="version")
    assert second.post(f"/parties/{own.id}/edit", theirs | {"sector": "lana"}).status_code == 302
    assert first.post(f"/parties/{own.id}/edit", mine | {"notes": "compra in marzo"}).status_code == 302
    own.refresh_from_db()
    assert (own.sector, own.notes) == ("lana", "compra in marzo")


def test_two_people_who_change_the_same_field_are_shown_both(client_of: SignedIn, world: World) -> None:
    own, first, second = world.parties["own"], client_of("agent"), client_of("manager")
    mine = values_of(first.get(f"/parties/{own.id}/edit").text, containing="version")
    theirs = values_of(second.get(f"/parties/{own.id}/edit").text, containing="version")
    assert second.post(f"/parties/{own.id}/edit", theirs | {"notes": "what they wrote"}).status_code == 302
    clash = first.post(f"/parties/{own.id}/edit", mine | {"notes": "what I wrote", "sector": "lana"})
    assert clash.status_code == 412
    assert "what they wrote" in clash.text
    assert typed_in(clash, "notes").strip() == "what I wrote"
    assert typed_in(clash, "sector") == "lana"
    own.refresh_from_db()
    assert (own.notes, own.sector) == ("what they wrote", "")
    again = values_of(clash.text, containing="version")
    assert first.post(f"/parties/{own.id}/edit", again).status_code == 302
    own.refresh_from_db()
    assert (own.notes, own.sector) == ("what I wrote", "lana")


def test_two_people_who_add_different_numbers_are_told(client_of: SignedIn, world: World) -> None:
    own, first, second = world.parties["own"], client_of("agent"), client_of("manager")
    mine = values_of(first.get(f"/parties/{own.id}/edit").text, containing="version")
    theirs = values_of(second.get(f"/parties/{own.id}/edit").text, containing="version")
    number = {"point-2-type": "mobile", "point-TOTAL_FORMS": "3"}
    assert second.post(f"/parties/{own.id}/edit", theirs | number | {"point-2-value": "333 7654321"}).status_code == 302
    response = first.post(f"/parties/{own.id}/edit", mine | number | {"point-2-value": "347 1234567"})
    kept = set(own.contact_points.values_list("normalised", flat=True))
    assert "+393337654321" in kept
    assert response.status_code == 412 or "+393471234567" in kept


def test_a_stale_stage_move_is_told_and_the_reason_kept(client_of: SignedIn, world: World) -> None:
    tie = Relationship.objects.get(party=world.parties["own"])
    first, second = client_of("agent"), client_of("manager")
    form = {"stage": "prospect", "reason": "asked for a price", "version": str(tie.version)}
    assert second.post(f"/relationships/{tie.id}/stage", form | {"stage": "customer"}).status_code == 302
    response = first.post(f"/relationships/{tie.id}/stage", form)
    assert response.status_code in (412, 422)
    assert refusals(response)
    assert "asked for a price" in response.text


def test_a_stale_correction_is_told_and_the_words_kept(client_of: SignedIn, world: World) -> None:
    call, client = world.interactions["agents_call"], client_of("agent")
    form = {"channel": "call", "subject": "s", "body": "my words", "version": str(call.version)}
    assert client.post(f"/interactions/{call.id}", form | {"body": "other words"}).status_code == 302
    response = client.post(f"/interactions/{call.id}", form)
    assert response.status_code in (412, 422)
    assert refusals(response)
    assert "my words" in response.text


# --- the door -----------------------------------------------------------------------------------------------


def test_the_door_says_the_same_of_a_wrong_password_and_an_unknown_address(client: Any, world: World) -> None:
    known = client.post("/login", {"login": "agent@aurora.example", "password": "wrong"})
    unknown = client.post("/login", {"login": "nobody@aurora.example", "password": "wrong"})
    assert known.status_code == unknown.status_code
    assert refusals(known) == refusals(unknown) != []


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "forwarded", "x-original-host", "x-host"])
def test_a_forged_host_gets_into_no_mail(client: Any, world: World, header: str) -> None:
    from filo.foundation.mail.models import OutgoingMail

    value = "host=evil.example" if header == "forwarded" else "evil.example"
    asked = client.post("/password/reset", {"email": "agent@aurora.example"}, headers={header: value})
    assert asked.status_code in (302, 400)
    assert not OutgoingMail.objects.filter(text__contains="evil.example").exists()
    if header != "host":
        assert "http://localhost:8000/password/reset/key/" in OutgoingMail.objects.get(to="agent@aurora.example").text


def test_nobody_is_sent_elsewhere(client_of: SignedIn, world: World) -> None:
    from filo.operational.activities.services import add_task

    client = client_of("agent")
    for target in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:///evil.example",
    ):
        assert client.post("/language", {"language": "it", "next": target})["Location"] == "/"
        task = add_task(world.principal("agent"), title="x")
        assert client.post(f"/tasks/{task.id}/do", {"next": target})["Location"] == "/"


def test_a_post_without_its_token_is_refused(world: World) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["agent"])
    response = client.post(f"/parties/{world.parties['own'].id}/interactions", {"channel": "note", "body": "x"})
    assert response.status_code == 403
    assert Interaction.objects.filter(party=world.parties["own"]).count() == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_do_nothing(client_of: SignedIn, world: World, method: str) -> None:
    client = client_of("agent")
    for address in ("/parties", f"/parties/{world.parties['own'].id}", f"/parties/{world.parties['own'].id}/edit"):
        assert getattr(client, method)(address).status_code == 405
