"""The demo company: believable customers, years of history, and people who each see their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from filo.config.demo.build import load
from filo.config.demo.cast import Size
from filo.config.demo.company import BUILDER, Company, the_company
from filo.config.demo.staff import PASSWORD, STAFF, sign_ins
from filo.foundation import clock
from filo.foundation.italy.tax import clean_codice_fiscale, clean_vat, matches_person
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.organisation.models import Unit
from filo.foundation.push.models import PushMessage
from filo.operational.activities.queries import day_of
from filo.operational.interactions.models import Interaction
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.deliveries import deliveries_waiting
from filo.operational.orders.models import Order
from filo.operational.parties.models import Party, PartyRelation, Relationship, StageChange, TimelineEntry
from filo.operational.payments.models import Due


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One small demo for all tests of this module, which only read it; gone with the transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(size=Size(stories=24, known=24))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def company(loaded: None, db: None) -> Company:
    return the_company()


# --- the people ------------------------------------------------------------------------------------------------


def test_everybody_signs_in_with_the_printed_password(company: Company) -> None:
    for one in STAFF:
        client = Client()
        reply = client.post("/login", {"login": one.email, "password": PASSWORD})
        assert (one.mailbox, reply.status_code, reply.headers.get("Location")) == (one.mailbox, 302, "/")


def test_the_table_of_sign_ins_names_everybody_and_the_password() -> None:
    table = sign_ins()
    assert all(f"{one.mailbox}@aurora.example" in table and one.role in table for one in STAFF)
    assert "filo-demo" in table


def test_people_have_their_roles_units_and_languages(company: Company) -> None:
    people = company.people
    assert {name: people[name].role.code for name in ("admin", "direzione", "area.nord", "agente.uno")} == {
        "admin": "administrator",
        "direzione": "management",
        "area.nord": "area-manager",
        "agente.uno": "agent",
    }
    north = Unit.objects.get(code="area-nord")
    assert {people["agente.uno"].unit.parent, people["agente.due"].unit.parent} == {north}
    assert people["operatore"].name == "Laura Bianchi"
    assert Counter(user.language for user in people.values()) == {"it": 11, "en": 1}


def test_the_two_agents_of_the_north_share_customers_but_not_stories(company: Company) -> None:
    one, two = company.principals["agente.uno"], company.principals["agente.due"]
    by_membership = Relationship.objects.filter(owner=one.user_id, members__user=two.user_id)
    by_line = Relationship.objects.filter(owner=one.user_id, party__relationships__owner=two.user_id)
    for name, way in (("Comune di Bascapè", by_membership), ("Magazzini Lombardi S.p.A.", by_line)):
        party = Party.objects.get(display_name=name)
        assert way.filter(party=party).exists()
        assert all(Party.objects.visible_to(agent).filter(pk=party.pk).exists() for agent in (one, two))
    for mine, theirs in ((one, two), (two, one)):
        seen = TimelineEntry.objects.visible_to(mine).filter(object="interaction")
        assert seen.exists()
        assert not seen.filter(owner=theirs.user_id).exists()


def test_their_manager_sees_both_and_the_manager_of_the_south_neither(company: Company) -> None:
    authors = [company.people["agente.uno"].id, company.people["agente.due"].id]
    talks = Interaction.objects.filter(author__in=authors)
    assert talks.exists()
    assert Interaction.objects.visible_to(company.principals["area.nord"]).filter(pk__in=talks).count() == talks.count()
    assert not Interaction.objects.visible_to(company.principals["area.sud"]).filter(pk__in=talks).exists()


def test_everybody_has_something_to_do_today(company: Company) -> None:
    idle = [name for name, principal in company.principals.items() if not day_of(principal).today]
    assert idle == []
    agent = day_of(company.principals["agente.uno"])
    assert (len(agent.late) >= 2, len(agent.today) >= 4, len(agent.soon) >= 10) == (True, True, True)


# --- the customers ---------------------------------------------------------------------------------------------


def test_every_tax_number_is_right_and_fits_its_person(company: Company) -> None:
    for party in Party.objects.exclude(vat_number=""):
        assert clean_vat(party.vat_number) == party.vat_number
    people = Party.objects.filter(kind="person").exclude(codice_fiscale="")
    assert people.exists()
    for party in Party.objects.exclude(codice_fiscale=""):
        assert clean_codice_fiscale(party.codice_fiscale) == party.codice_fiscale
    for one in people:
        facts = {"given_name": one.given_name, "family_name": one.family_name, "gender": one.gender}
        assert matches_person(one.codice_fiscale, birth_date=one.birth_date, **facts) == []


def test_mario_rossi_is_a_customer_since_2021_and_shares_his_mail_with_his_wife(company: Company) -> None:
    mario = Party.objects.visible_to(company.principals["agente.sud"]).get(display_name="Mario Rossi")
    tie = mario.relationships.get()
    assert (tie.company.code, tie.owner, tie.stage) == ("aurora-moda", company.people["agente.sud"], "customer")
    assert tie.customer_since.year == 2021
    assert str(mario.addresses.get()) == "Via Roma 12, 84121 Salerno SA"
    anna = Party.objects.get(display_name="Anna Esposito")
    assert anna.contact_points.get(type="email").normalised == "mario.rossi@example.it"
    assert PartyRelation.objects.filter(from_party=anna, to_party=mario, role="spouse").exists()
    studio = Party.objects.get(display_name="Studio Rossi S.r.l.")
    assert set(studio.relations_to.values_list("from_party__display_name", "role")) == {
        ("Mario Rossi", "owner"),
        ("Anna Esposito", "contact"),
    }


def test_maffei_and_bascape_are_there(company: Company) -> None:
    places = Party.objects.filter(display_name__in=["Maffei Arredamenti S.p.A.", "Comune di Bascapè"])
    found = set(places.values_list("display_name", "addresses__city", "addresses__province"))
    assert found == {("Maffei Arredamenti S.p.A.", "Nola", "NA"), ("Comune di Bascapè", "Bascapè", "PV")}


def test_history_happened_in_the_past_by_rule_and_by_hand(company: Company) -> None:
    assert not TimelineEntry.objects.filter(at__gt=clock.now()).exists()
    assert TimelineEntry.objects.filter(at__year__lte=clock.now().year - 2).count() > 50
    steps = set(StageChange.objects.values_list("rule", flat=True))
    assert {"arrival", "interest", "order", ""} <= steps
    by_hand = StageChange.objects.filter(rule="", from_stage="prospect", to_stage="customer")
    assert by_hand.exists()
    assert not by_hand.filter(reason="").exists()


def test_no_sentence_is_left_with_a_gap(company: Company) -> None:
    assert not Interaction.objects.filter(body__contains="{").exists()
    assert not Interaction.objects.filter(subject__contains="{").exists()


def test_what_mario_rossi_bought_years_ago_is_billed_and_paid(company: Company) -> None:
    mario = Party.objects.get(given_name="Mario", family_name="Rossi")
    bought = Order.objects.get(party=mario, confirmed_at__year=2022)
    invoice = Invoice.objects.get(source_kind="order", source_id=bought.pk)
    assert (invoice.date, invoice.state) == (date(2022, 9, 13), "delivered")
    assert [due.left for due in Due.objects.filter(kind="invoice", source_id=invoice.pk)] == [0]
    long_ago = clock.now() - timedelta(days=365)
    assert not deliveries_waiting(BUILDER).filter(shipped_at__lt=long_ago).exists()


def test_the_demo_mails_nobody_and_wakes_no_page(company: Company) -> None:
    assert not OutgoingMail.objects.exists()
    # What happened within the hour is told to whoever looks at that thing, and nobody does yet.
    awake = {topic.partition(":")[0] for topic in PushMessage.objects.values_list("topic", flat=True)}
    known = {"ticket", "product", "deal", "pipeline", "payment", "due", "order", "quote", "user", "party"}
    assert awake <= known | {"conversation", "inbox"}
