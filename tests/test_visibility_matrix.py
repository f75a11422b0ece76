"""Person × thing × door: what each door shows is what the hand-written oracle says, in both schemes."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from filo.foundation.accounts.tokens import make_token
from filo.foundation.organisation.models import Firm
from filo.foundation.push.topics import may_listen
from filo.operational.activities.models import Task
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.editing import delete_party
from filo.testing.clients import CheckedClient, client_of
from filo.testing.matrix import (
    CALLS_OF,
    CHANGES_ALL_TASKS,
    CORRECTS_ALL_INTERACTIONS,
    PEOPLE,
    TAKES_OUT,
    TASKS_OF,
    Oracle,
    add_tasks,
)
from filo.testing.pages import routes
from filo.testing.world import BUILDER, World

# The doors to one customer: the address, and the right that its GET needs. A POST is in REFUSED below.
PARTY_PAGES = {
    "parties/<uuid:party_id>": "view",
    "parties/<uuid:party_id>/head": "view",
    "parties/<uuid:party_id>/facts": "view",
    "parties/<uuid:party_id>/provenance": "view",
    "parties/<uuid:party_id>/timeline": "view",
    "parties/<uuid:party_id>/peek": "view",
    "parties/<uuid:party_id>/profile": "view",
    "parties/<uuid:party_id>/consents": "view",
    "parties/<uuid:party_id>/consents/by-phone": "view",
    "visitors/of/<uuid:party_id>": "view",
    "parties/<uuid:party_id>/edit": "edit",
    "parties/<uuid:party_id>/access": "assign",
    "parties/<uuid:party_id>/relations/new": "edit",
    "parties/<uuid:party_id>/relationships/new": "edit",
    "parties/<uuid:party_id>/duties": "view",
    "parties/<uuid:party_id>/tasks": "view",
    "parties/<uuid:party_id>/interactions/new": "view",
    "parties/<uuid:party_id>/interactions/details": "view",
    "parties/<uuid:party_id>/colleagues": "view",
    "parties/<uuid:party_id>/changes": "view",
    "parties/<uuid:party_id>/merge": "edit",
    "parties/<uuid:party_id>/doubles": "view",
    "parties/<uuid:party_id>/tickets": "view",
    "parties/<uuid:party_id>/payments": "view",
    "parties/<uuid:party_id>/payments/all": "view",
    "parties/<uuid:party_id>/deals": "view",
    "parties/<uuid:party_id>/invoices": "view",
    "parties/<uuid:party_id>/prices": "view",
    "parties/<uuid:party_id>/quotes": "view",
    "parties/<uuid:party_id>/orders": "view",
}
TIE_PAGES = {
    "relationships/<uuid:relationship_id>/stage": "edit",
    "relationships/<uuid:relationship_id>/assign": "assign",
}
# Doors that only change something: what each needs.
PARTY_VERBS = {
    "parties/<uuid:party_id>/delete": "delete",
    "parties/<uuid:party_id>/interactions": "view",
    "parties/<uuid:party_id>/referral-code": "view",
    "parties/<uuid:party_id>/calls": "view",
    "parties/<uuid:party_id>/relations/<uuid:relation_id>/remove": "edit",
    "parties/<uuid:party_id>/personal-data": "view",  # who may: operational/exports/tests/test_personal_copy.py
    "parties/<uuid:party_id>/restore": "gone",  # only for what is in the bin: see its own test
}
TIE_VERBS = {
    "relationships/<uuid:relationship_id>/end": "edit",
    "relationships/<uuid:relationship_id>/reopen": "edit",
}
OTHER_DOORS = {
    "offers",  # operational/offers/tests
    "parties/<uuid:party_id>/propose",  # takes the right to write quotes
    "offers/report",
    "offers/<uuid:offer_id>",
    "offers/<uuid:offer_id>/quote",
    "offers/<uuid:offer_id>/close",
    "phone",  # collaborative/telephony/tests
    "phone/now",
    "phone/call",
    "phone/mine",
    "phone/<uuid:call_id>/party",
    "chats",  # collaborative/chat/tests/test_who_sees_chats.py
    "chats/lists",
    "chats/desk",
    "chats/here",
    "chats/<uuid:chat_id>",
    "chats/<uuid:chat_id>/news",
    "chats/<uuid:chat_id>/around",
    "chats/<uuid:chat_id>/files/<uuid:file_id>",
    "chats/<uuid:chat_id>/say",
    "chats/<uuid:chat_id>/sign",
    "chats/<uuid:chat_id>/take",
    "chats/<uuid:chat_id>/called",
    "chats/<uuid:chat_id>/pass",
    "chats/<uuid:chat_id>/end",
    "chats/<uuid:chat_id>/live",
    "chats/<uuid:chat_id>/live/field",
    "chats/<uuid:chat_id>/live/<slug:what>",
    "chats/<uuid:chat_id>/counter",
    "chats/<uuid:chat_id>/cart",
    "chats/<uuid:chat_id>/serve",
    "visitors/<uuid:recognition_id>/undo",  # collaborative/visitors/tests/test_recognising.py
    "parties/<uuid:party_id>/consents/answer",  # operational/consents/tests
    "parties/<uuid:party_id>/profile/more",  # operational/profile/tests/test_on_the_card.py
    "parties/<uuid:party_id>/profile/write/<slug:code>",
    "parties/<uuid:party_id>/vies",  # operational/vies/tests/test_on_the_card.py
    "parties/<uuid:party_id>/vies/<slug:part>",
    "past-orders",  # operational/past/tests
    "past-orders/<uuid:order_id>",
    "parties/<uuid:party_id>/past-orders",
    "parties/<uuid:party_id>/cart",  # collaborative/shop/tests/test_cart_follows.py
    "dues",  # operational/payments/tests/test_who_sees_payments.py
    "dues/new",
    "dues/<uuid:due_id>",
    "dues/<uuid:due_id>/dispute",
    "payments",
    "payments/new",
    "payments/bank",
    "payments/bank/<uuid:file_id>",
    "payments/bank/<uuid:file_id>/act",
    "payments/reminders",
    "payments/<uuid:payment_id>",
    "payments/<uuid:payment_id>/share",
    "payments/<uuid:payment_id>/take-back",
    "payments/<uuid:payment_id>/restore",
    "payments/<uuid:payment_id>/refund",
    "interactions/<uuid:interaction_id>",
    "interactions/<uuid:interaction_id>/remove",
    "interactions/<uuid:interaction_id>/files/<uuid:row_id>",  # interactions/tests/test_files.py
    "calls/<uuid:call_id>",  # one's own alone: interactions/tests/test_calls.py
    "calls/<uuid:call_id>/end",
    "calls/<uuid:call_id>/draft",
    "calls/<uuid:call_id>/drop",
    "calls/<uuid:call_id>/back",
    "calls/now",
    "calls/waiting",
    "parties/<uuid:party_id>/price-class",  # operational/prices/tests/test_who_sees_prices.py
    "tasks/<uuid:task_id>",
    "tasks/<uuid:task_id>/do",
    "tasks/<uuid:task_id>/reopen",
    "",  # the first page of the day
    "parties",
    "parties/new",
    "parties/filter",
    "search",
    "search/suggest",
    "search/commands",  # parties/tests/test_palette.py
    "parties/bin",  # parties/tests/test_changes_pages.py
    "parties/<uuid:party_id>/cell/<str:column>",  # parties/tests/test_list_page.py
    "duplicates",  # pairs of which one sees both cards: operational/doubles/tests
    "duplicates/accept",
    "duplicates/typed/<slug:kind>",
    "duplicates/<uuid:pair_id>/two",
    "duplicates/<uuid:pair_id>/again",
    "merges/new",
    "merges/<uuid:merge_id>",
    "parties/many",  # one's own choice, counted by one's own rights: parties/tests/test_many.py
    "parties/many/<uuid:edit_id>",
    "parties/many/<uuid:edit_id>/preview",
    "parties/many/<uuid:edit_id>/run",
    "parties/many/<uuid:edit_id>/state",
    "parties/many/<uuid:edit_id>/stop",
    "parties/many/<uuid:edit_id>/back",
    "funnel",
    "calendar",  # activities/tests/test_calendar.py
    "calendar/move",
    "calendar/new",
    "calendar/feed",
    "calendar/feed/end",
    "calendar/<uuid:appointment_id>",
    "calendar/<uuid:appointment_id>/cancel",
    "calendar/<uuid:appointment_id>/restore",
    "p/calendar/<str:token>.ics",
    "calendar/programs",  # operational/caldav/tests/test_door.py
    "calendar/programs/<uuid:token_id>/end",
    "dav/",
    "dav/<path:path>",
    ".well-known/caldav",
    "team/today",  # operational/team/tests/test_who_sees_the_team.py
    "team/today.csv",
    "team/<uuid:person_id>/<slug:code>",  # operational/team/tests/test_day.py
    "tasks",
    "tasks/today",
    "tasks/new",
}
# Pages for who may change a card that themselves change nothing.
ONLY_READ = ("parties/<uuid:party_id>/merge",)
# Doors that show no customer, by the beginning of their address. A new line here is a decision: review it.
NOT_ABOUT_CUSTOMERS = (
    "p/chat/",  # a visitor's own; collaborative/chat/tests
    "p/live/",  # the same; collaborative/cobrowse/tests
    "p/shop",  # collaborative/shop/tests
    "p/assistant",  # collaborative/assistant/tests
    "p/phone/",  # signed messages
    "api/v1/past-orders",  # operational/past/tests
    "api/v1/offers",  # operational/offers/tests
    "api/v1/calls",  # collaborative/telephony/tests
    "p/pay/",  # signed links, signed messages
    "api/v1/payments",  # operational/payments/tests/test_who_sees_payments.py
    "api/v1/dues",
    "api/v1/bank-files",  # for who keeps the books: operational/payments/tests/test_api_bank_files.py
    "api/v1/reminders",  # of dues that one sees: operational/payments/tests/test_api_settings.py
    "api/v1/payment-accounts",
    "api/v1/reminder-steps",
    "api/v1/interest-rates",
    "api/v1/refund-caps",
    "api/v1/back-offices",  # of the firm: collaborative/connectors/tests/test_api.py
    "api/v1/team/",  # figures and plans of colleagues; operational/team/tests
    "healthz",
    "readyz",
    "metrics",
    "p/status",
    "start",
    "login",
    "logout",
    "inactive",
    "password/",
    "language",
    "me",
    "view-as",
    "settings",
    "outbox",
    "imports",  # its rule is in test_visibility_rules.py, its pages in the tests of transfer
    "notices",  # one's own; names as far as they are seen: operational/parties/tests/test_who_is_told.py
    "api/v1/notices",
    "worker.js",  # a script without data
    "lists",  # addresses under a name: foundation/lists/tests/test_views.py
    "operations",  # what was changed, by the rules of what it is about: foundation/audit/tests
    "api/v1/operations",
    "inbox",  # collaborative/inbox/tests/test_who_sees_conversations.py
    "knowledge",  # articles, for whom they are written: collaborative/knowledge/tests/test_who_reads_articles.py
    "p/kb",  # what everybody may read
    "trees",  # what is walked, and by whom it is drawn: collaborative/trees/tests/test_who_sees_trees.py
    "api/v1/trees",
    "p/guide",  # what everybody may walk
    "p/digest",  # a signed link, with which one ends one's own: foundation/notices/tests/test_letters.py
    "p/sequences",  # a signed link, with which one says no: collaborative/sequences/tests/test_stopping.py
    "answers",  # what is seen with its conversation
    "tickets",  # operational/service/tests/test_who_sees_requests.py
    "products",  # operational/catalogue/tests/test_who_sees_products.py
    "stock",
    "catalogues",
    "api/v1/catalogues",  # operational/catalogue/tests/test_catalogues_api.py
    "api/v1/vat-classes",  # what is set up, for everybody: operational/catalogue/tests/test_setup_api.py
    "api/v1/stock-places",
    "api/v1/product-words",  # operational/catalogue/tests/test_wordings.py
    "p/c",
    "settings/telephony",
    "settings/catalogue",
    "price-lists",  # a list for one customer is seen with him: operational/prices/tests/test_who_sees_prices.py
    "prices/why",  # prices for a customer one sees
    "discounts",
    "coupons",
    "api/v1/price-lists",
    "api/v1/prices",
    "api/v1/coupons",  # one for one customer is seen with him: operational/prices/tests/test_api_of_coupons.py
    "api/v1/discounts",
    "api/v1/discount-caps",
    "api/v1/exchange-rates",
    "api/v1/products",
    "api/v1/stock",
    "api/v1/tickets",
    "quotes",  # operational/quotes/tests/test_who_sees_quotes.py
    "orders",  # operational/orders/tests/test_order_pages.py
    "api/v1/orders",  # operational/orders/tests/test_api.py
    "p/me",  # of who signed in: collaborative/portal/tests
    "p/open",
    "p/pages",  # for everybody once they are published
    "settings/pages",
    "p/sign-in",
    "p/visit",
    "p/order",  # by a signed link, or a number with what only its customer knows
    "api/v1/quotes",
    "p/quote",  # by a signed link: operational/quotes/tests/test_customers_page.py
    "approvals",  # operational/approvals/tests/test_who_decides.py
    "api/v1/approvals",
    "p/approvals",  # by a signed link of one person
    "deals",  # operational/deals/tests/test_who_sees_deals.py
    "api/v1/deals",
    "invoices",  # operational/invoices/tests/test_exchange.py
    "team/plans",
    "shipments/<uuid:shipment_id>/bill",  # operational/invoices/tests/test_orders.py
    "api/v1/invoices",  # operational/invoices/tests/test_api.py
    "api/v1/fiscal-data",
    "api/v1/shipments",
    "api/v1/carriers",  # settings: operational/orders/tests/test_settings_at_the_api.py
    "api/v1/order-promises",
    "settings/invoices",
    "settings/orders",
    "api/v1/pipelines",  # stages, the same for everybody
    "api/v1/loss-reasons",
    "api/v1/score-rules",  # settings: operational/deals/tests/test_api_settings.py
    "api/v1/assignment-rules",
    "api/v1/assignment-decisions",  # deals as far as one sees them: the same tests
    "api/v1/conversations",  # collaborative/inbox/tests/test_api.py
    "api/v1/articles",  # collaborative/knowledge/tests/test_api.py
    "p/requests",  # by a signed link, or a number with its address: operational/service/tests/test_customers_pages.py
    "p/satisfaction",
    "work",  # its rule is in foundation/work/tests/test_who_sees_work.py
    "api/v1/jobs",
    "api/v1/openapi.json",
    "api/v1/docs",
    "api/v1/me",
    "api/v1/users",
    "api/v1/companies",
    "api/v1/areas",
    "api/v1/channels",
    "api/v1/product-lines",
    "api/v1/units",
    "api/v1/outcomes",
    "profile",  # of a customer one sees: operational/profile/tests
    "settings/profile",
    "api/v1/imports",
    "api/v1/duplicates",  # pairs of which one sees both cards: operational/doubles/tests
    "api/v1/merges",  # into cards one sees: operational/doubles/tests
    "exports",  # one's own; what stands in the files is below
    "api/v1/exports",
    "api/v1/webhooks",
    "api/v1/events",  # ids and plain values of everything, for who looks after the firm
)
API_ROWS = {
    "parties": "party",
    "interactions": "interaction",
    "tasks": "task",
    "relationships": "relationship",
}


@dataclass(frozen=True)
class Case:
    """One person in one scheme, with the world that was built for it."""

    world: World
    oracle: Oracle
    tasks: dict[str, Task]

    @property
    def principal(self) -> Any:
        return self.world.principal(self.oracle.person)

    @property
    def client(self) -> CheckedClient:
        return client_of(self.world, self.oracle.person)

    def ties(self) -> dict[str, Relationship]:
        found = {}
        for key, party in self.world.parties.items():
            for row in Relationship.objects.filter(party=party).select_related("product_line"):
                found[f"{key}/{row.product_line.code}" if row.product_line else key] = row
        return found

    def leaked(self, text: str) -> list[str]:
        """The unseen parties and interactions that a page names all the same."""
        said = html.unescape(text)
        unseen = [key for key in self.world.parties if key not in self.oracle.parties]
        leaked = [key for key in unseen if self.world.parties[key].display_name in said]
        leaked += [key for key in CALLS_OF if key not in self.oracle.interactions and f"of {key}" in said]
        return leaked + [key for key in TASKS_OF if key not in self.oracle.tasks and f"title of {key}" in said]


CASES = [("by-area", person) for person in PEOPLE]
CASES += [("open", person) for person in ("manager", "other_manager", "agent", "stranger")]


@pytest.fixture(params=CASES, ids=lambda case: "-".join(case))
def case(request: pytest.FixtureRequest, world: World) -> Case:
    scheme, person = request.param
    Firm.objects.update(visibility_scheme=scheme)
    return Case(world, Oracle(scheme, person), add_tasks(world))


def address(pattern: str, **ids: Any) -> str:
    return "/" + re.sub(r"<uuid:(\w+)>", lambda match: str(ids[match[1]]), pattern)


# --- the model itself ---------------------------------------------------------------------------------------


def test_visible_to_gives_what_the_oracle_says(case: Case) -> None:
    names = {party.id: key for key, party in case.world.parties.items()}
    seen = {names[key] for key in Party.objects.visible_to(case.principal).values_list("id", flat=True)}
    assert seen == case.oracle.parties
    ties = {row.id: key for key, row in case.ties().items()}
    assert {ties[row.id] for row in Relationship.objects.visible_to(case.principal)} == case.oracle.ties
    calls = {row.id: key for key, row in case.world.interactions.items()}
    assert {calls[row.id] for row in Interaction.objects.visible_to(case.principal)} == case.oracle.interactions
    tasks = {row.id: key for key, row in case.tasks.items()}
    assert {tasks[row.id] for row in Task.objects.visible_to(case.principal)} == case.oracle.tasks


# --- pages of one thing -------------------------------------------------------------------------------------


def test_every_page_of_a_customer(case: Case) -> None:
    client, wrong = case.client, []
    for key, party in case.world.parties.items():
        for pattern, right in PARTY_PAGES.items():
            response = client.get(address(pattern, party_id=party.id))
            leaked = case.leaked(response.text)
            if response.status_code != case.oracle.status(key, right) or leaked:
                wrong.append(f"{pattern} of {key}: {response.status_code}, leaks {leaked}")
    assert not wrong


def test_the_story_holds_exactly_ones_part(case: Case) -> None:
    client = case.client
    for key in case.oracle.parties:
        text = client.get(f"/parties/{case.world.parties[key].id}/timeline").text
        there = {call for call in CALLS_OF if f"subject of {call}" in text}
        assert there == {call for call in case.oracle.interactions if CALLS_OF[call] == key}, key
        bodies = {call for call in CALLS_OF if f"body of {call}" in text}
        assert bodies == there, key


def test_the_story_cannot_be_searched_for_what_one_does_not_see(case: Case) -> None:
    client = case.client
    for call, about in CALLS_OF.items():
        if about not in case.oracle.parties:
            continue
        text = client.get(f"/parties/{case.world.parties[about].id}/timeline?words=body+of+{call}").text
        assert (f"subject of {call}" in text) == (call in case.oracle.interactions), call


def test_every_page_of_a_relationship(case: Case) -> None:
    client, wrong = case.client, []
    for key, tie in case.ties().items():
        for pattern, right in TIE_PAGES.items():
            response = client.get(address(pattern, relationship_id=tie.id))
            expected = case.oracle.status(key.split("/")[0], right) if key in case.oracle.ties else 404
            if response.status_code != expected:
                wrong.append(f"{pattern} of {key}: {response.status_code}, not {expected}")
    assert not wrong


def test_the_card_shows_ones_own_relationships_only(case: Case) -> None:
    """The card of a customer two agents share names the stage of each only to those who see it."""
    if "shared" not in case.oracle.parties:
        return
    text = case.client.get(f"/parties/{case.world.parties['shared'].id}").text
    shown = {
        key for key, tie in case.ties().items() if key.startswith("shared/") and f"/relationships/{tie.id}/" in text
    }
    assert shown == {key for key in case.oracle.ties if key.startswith("shared/")}


def test_every_page_of_an_interaction(case: Case) -> None:
    client = case.client
    for key, found in case.world.interactions.items():
        response = client.get(f"/interactions/{found.id}")
        assert response.status_code == (200 if key in case.oracle.interactions else 404), key
        assert not case.leaked(response.text), key


def test_every_page_of_a_task(case: Case) -> None:
    client = case.client
    for key, task in case.tasks.items():
        response = client.get(f"/tasks/{task.id}")
        assert response.status_code == (200 if key in case.oracle.tasks else 404), key
        assert not case.leaked(response.text), key


# --- lists --------------------------------------------------------------------------------------------------


def names_in(case: Case, text: str) -> set[str]:
    said = html.unescape(text)
    return {key for key, party in case.world.parties.items() if party.display_name in said}


def test_the_list_of_customers(case: Case) -> None:
    client = case.client
    response = client.get("/parties")
    assert names_in(case, response.text) == case.oracle.parties
    assert not case.leaked(response.text)
    for sort in ("-name", "last_contact", "-last_contact", "created", "-created", "updated", "-updated"):
        assert names_in(case, client.get(f"/parties?sort={sort}").text) == case.oracle.parties, sort


def test_filters_of_the_list_reach_nobody_unseen(case: Case) -> None:
    client = case.client
    queries = ["kind=organisation", "owner=me", "owner=none", "area=sud", "unit=nord", "stage=customer"]
    queries += ["last_contact=older-than-days:30", "last_contact=within-days:30", "company=aurora-moda", "q=a"]
    queries += [quote_filter({"not": {"field": "kind", "op": "is", "value": "person"}})]
    for query in queries:
        response = client.get(f"/parties?{query}")
        assert response.status_code == 200, query
        assert not case.leaked(response.text), query


def quote_filter(tree: object) -> str:
    return "filter=" + quote(json.dumps(tree))


def test_a_filter_by_stage_reads_ones_own_relationships_only(case: Case) -> None:
    """*Emporio Conti* is a customer for one agent and not for the other: the other's filter must not tell."""
    if "shared" not in case.oracle.parties:
        return
    text = case.client.get("/parties?stage=customer").text
    assert ("shared" in names_in(case, text)) == ("shared/donna" in case.oracle.ties)


def test_a_filter_by_last_contact_reads_ones_own_story_only(case: Case) -> None:
    """The order hides a colleague's call already; a filter must not tell of it either."""
    log_interaction(case.world.principal("teammate"), case.world.parties["joined"], channel="call", body="x")
    told = {CALLS_OF[call] for call in case.oracle.interactions}
    told |= {"joined"} if "teammates_call" in case.oracle.interactions else set()
    client = case.client
    assert names_in(case, client.get("/parties?last_contact=within-days:30").text) == told
    assert names_in(case, client.get("/parties?last_contact=older-than-days:30").text) == case.oracle.parties - told


def test_search_and_suggestions(case: Case) -> None:
    client = case.client
    for key, party in case.world.parties.items():
        word = quote(party.display_name.split()[0][:3])
        for door in ("search", "search/suggest", "search/commands"):
            response = client.get(f"/{door}?q={word}")
            assert (key in names_in(case, response.text)) == (key in case.oracle.parties), (door, key)
            assert not case.leaked(response.text), (door, key)


def test_search_by_a_number_or_an_address(case: Case) -> None:
    client = case.client
    for typed in ("02 1234567", "info@lanificio", "lanificio.example"):
        found = names_in(case, client.get(f"/search?q={quote(typed)}").text)
        assert found - {"contact"} == ({"own"} & case.oracle.parties), typed


def test_the_first_page_the_tasks_and_the_forms(case: Case) -> None:
    client = case.client
    for door in (
        "/",
        "/tasks",
        "/tasks?whose=all",
        "/tasks/today",
        "/tasks/new",
        "/parties/new?kind=person",
        "/funnel",
        "/parties/filter",
    ):
        response = client.get(door)
        assert response.status_code == 200, door
        assert not case.leaked(response.text), door
    text = client.get("/tasks?whose=all").text
    assert {key for key in TASKS_OF if f"title of {key}" in text} == case.oracle.tasks


def test_a_task_or_a_contact_cannot_be_made_about_somebody_unseen(case: Case) -> None:
    client = case.client
    for key, party in case.world.parties.items():
        expected = 200 if key in case.oracle.parties else 404
        assert client.get(f"/tasks/new?party={party.id}").status_code == expected, key
        assert client.get(f"/parties/new?kind=person&firm={party.id}").status_code == expected, key


def test_the_funnel_counts_ones_own(case: Case) -> None:
    from filo.foundation import clock
    from filo.operational.parties.queries.funnel import funnel

    steps = funnel(case.principal, since=clock.today(), until=clock.today())
    customers = 1 if "shared/donna" in case.oracle.ties else 0
    assert sum(step.now for step in steps) == len(case.oracle.ties)
    assert next(step.now for step in steps if step.code == "customer") == customers


# --- verbs --------------------------------------------------------------------------------------------------


def test_no_verb_reaches_an_unseen_customer(case: Case) -> None:
    """Each POST answers 404, and the checked client proves that nothing changed."""
    client, wrong = case.client, []
    somebody = case.world.people["admin"].id
    for key, party in case.world.parties.items():
        if key in case.oracle.parties:
            continue
        for pattern in (
            *PARTY_VERBS,
            *(page for page, right in PARTY_PAGES.items() if right == "edit" and page not in ONLY_READ),
        ):
            response = client.post(
                address(pattern, party_id=party.id, relation_id=party.id), {"channel": "call", "body": "x"}
            )
            if response.status_code != 404:
                wrong.append(f"{pattern} of {key}: {response.status_code}")
    for key, tie in case.ties().items():
        if key in case.oracle.ties:
            continue
        for pattern in (*TIE_PAGES, *TIE_VERBS):
            response = client.post(
                address(pattern, relationship_id=tie.id), {"stage": "customer", "reason": "x", "owner": somebody}
            )
            if response.status_code != 404:
                wrong.append(f"{pattern} of {key}: {response.status_code}")
    assert not wrong


def test_what_is_seen_but_not_allowed_is_forbidden(case: Case) -> None:
    client, wrong = case.client, []
    for key in case.oracle.parties:
        if case.oracle.status(key, "delete") == 403:
            response = client.post(f"/parties/{case.world.parties[key].id}/delete")
            if response.status_code != 403:
                wrong.append(f"delete {key}: {response.status_code}")
    ties = case.ties()
    for key in case.oracle.ties:
        if case.oracle.status(key.split("/")[0], "assign") == 403:
            for method in (client.get, client.post):
                response = method(f"/relationships/{ties[key].id}/assign")
                if response.status_code != 403:
                    wrong.append(f"assign {key}: {response.status_code}")
    assert not wrong


def test_what_is_seen_but_not_ones_to_take_back_is_forbidden(case: Case) -> None:
    client = case.client
    for key in case.oracle.interactions:
        if not case.oracle.takes_back(key):
            found = case.world.interactions[key]
            assert client.post(f"/interactions/{found.id}/remove").status_code == 403, key


def test_whoever_did_not_write_an_interaction_does_not_correct_it(case: Case) -> None:
    client = case.client
    for key in case.oracle.interactions:
        found = case.world.interactions[key]
        wrote = key == f"{case.oracle.person}s_call"
        typed = {"channel": "call", "subject": "corrected", "body": "b", "at": "2026-01-02T10:00", "version": "1"}
        response = client.post(f"/interactions/{found.id}", typed)
        allowed = wrote or case.oracle.role in CORRECTS_ALL_INTERACTIONS
        assert response.status_code == (302 if allowed else 403), key


def test_verbs_on_tasks(case: Case) -> None:
    client = case.client
    for key, task in case.tasks.items():
        mine = key == f"{case.oracle.person}s_task"
        allowed = mine or case.oracle.role in CHANGES_ALL_TASKS
        expected = 404 if key not in case.oracle.tasks else 302 if allowed else 403
        assert client.post(f"/tasks/{task.id}/do").status_code == expected, key
        assert client.post(f"/tasks/{task.id}/reopen").status_code == expected, key


def test_the_bin_is_for_those_who_may_delete(case: Case) -> None:
    client = case.client
    for key, party in case.world.parties.items():
        delete_party(BUILDER, party)
        for door in ("", "/head", "/timeline", "/peek", "/edit"):
            assert client.get(f"/parties/{party.id}{door}").status_code == 404, (key, door)
        expected = 302 if case.oracle.status(key, "delete") == 200 else 404
        assert client.post(f"/parties/{party.id}/restore").status_code == expected, key


# --- sockets ------------------------------------------------------------------------------------------------


def test_sockets_hear_of_seen_customers_and_of_oneself(case: Case) -> None:
    principal = case.principal.through("socket")
    for key, party in case.world.parties.items():
        assert may_listen(principal, f"party:{party.id}") == (key in case.oracle.parties), key
    for name, user in case.world.people.items():
        assert may_listen(principal, f"user:{user.id}") == (name == case.oracle.person), name
    for topic in ("party:", "party:x", "user:", "nothing:1", "", ":", f"party:{'9' * 500}"):
        assert not may_listen(principal, topic), topic


# --- the API ------------------------------------------------------------------------------------------------


def api_addresses() -> set[str]:
    return {pattern for pattern, _view in routes() if pattern.startswith("api/v1/")}


def api_of(case: Case) -> Client:
    user = case.world.people[case.oracle.person]
    _token, secret = make_token(case.world.principal(case.oracle.person), user, label="matrix")
    return CheckedClient(headers={"Authorization": f"Bearer {secret}"})


def test_the_api_lists_and_gives_what_one_sees(case: Case) -> None:
    client, there = api_of(case), api_addresses()
    seen = {
        "parties": ({key: party.id for key, party in case.world.parties.items()}, case.oracle.parties),
        "interactions": ({key: row.id for key, row in case.world.interactions.items()}, case.oracle.interactions),
        "tasks": ({key: row.id for key, row in case.tasks.items()}, case.oracle.tasks),
    }
    for resource, (ids, visible) in seen.items():
        if f"api/v1/{resource}" not in there:
            continue
        response = client.get(f"/api/v1/{resource}?limit=200")
        assert response.status_code == 200, resource
        names = {str(value): key for key, value in ids.items()}
        assert {names[item["id"]] for item in response.json()["items"]} == visible, resource
        assert not case.leaked(response.text), resource
        for key, value in ids.items():
            one = client.get(f"/api/v1/{resource}/{value}")
            assert one.status_code == (200 if key in visible else 404), (resource, key)
            assert not case.leaked(one.text), (resource, key)


def test_the_apis_stories_and_search(case: Case) -> None:
    client, there = api_of(case), api_addresses()
    for key, party in case.world.parties.items():
        if any(pattern.endswith("/timeline") for pattern in there):
            response = client.get(f"/api/v1/parties/{party.id}/timeline")
            assert response.status_code == (200 if key in case.oracle.parties else 404), key
            told = {call for call in CALLS_OF if f"subject of {call}" in response.text}
            expected = {call for call in case.oracle.interactions if CALLS_OF[call] == key}
            assert told == (expected if key in case.oracle.parties else set()), key
        if "api/v1/search" in there:
            found = client.get(f"/api/v1/search?q={quote(party.display_name[:4])}")
            assert not case.leaked(found.text), key
            assert (str(party.id) in found.text) == (key in case.oracle.parties), key


def test_the_api_changes_nothing_unseen(case: Case) -> None:
    client, there = api_of(case), api_addresses()
    if "api/v1/parties" not in there:
        return
    for key, party in case.world.parties.items():
        if key not in case.oracle.parties:
            response = client.patch(f"/api/v1/parties/{party.id}", {"notes": "x"}, content_type="application/json")
            assert response.status_code == 404, key
            nowhere = client.delete("/api/v1/parties/01a2019c-7fd7-7c53-bc80-8be9dfea212e")
            assert client.delete(f"/api/v1/parties/{party.id}").status_code == nowhere.status_code, key


# --- files --------------------------------------------------------------------------------------------------


def test_what_is_taken_out_is_what_one_sees(case: Case, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ids = {
        "parties": ({str(party.id): key for key, party in case.world.parties.items()}, case.oracle.parties),
        "interactions": ({str(row.id): key for key, row in case.world.interactions.items()}, case.oracle.interactions),
        "tasks": ({str(row.id): key for key, row in case.tasks.items()}, case.oracle.tasks),
    }
    for what, (names, visible) in ids.items():
        for form in ("json", "csv", *(["vcf"] if what == "parties" else [])):
            response = case.client.post("/exports/new", {"what": what, "query": "", "form": form, "columns": "all"})
            assert response.status_code == (200 if case.oracle.role in TAKES_OUT else 403), what
            if response.status_code == 403:
                continue
            text = b"".join(response.streaming_content).decode()
            assert not case.leaked(text), (what, form)
            if form == "json":
                assert {names[item["id"]] for item in json.loads(text)["items"]} == visible, what


# --- the table itself ---------------------------------------------------------------------------------------


def test_every_door_is_in_the_matrix_or_shows_no_customer() -> None:
    rows = {*PARTY_PAGES, *TIE_PAGES, *PARTY_VERBS, *TIE_VERBS, *OTHER_DOORS}
    loose = []
    for pattern, _view in routes():
        if pattern in rows or any(
            pattern == name or pattern.startswith(f"{name.rstrip('/')}/") for name in NOT_ABOUT_CUSTOMERS
        ):
            continue
        if pattern.startswith("api/v1/") and (pattern == "api/v1/" or pattern.split("/")[2] in (*API_ROWS, "search")):
            continue
        loose.append(pattern)
    assert not loose


def test_every_row_of_the_matrix_is_a_door() -> None:
    there = {pattern for pattern, _view in routes()}
    assert {*PARTY_PAGES, *TIE_PAGES, *PARTY_VERBS, *TIE_VERBS, *OTHER_DOORS} <= there
