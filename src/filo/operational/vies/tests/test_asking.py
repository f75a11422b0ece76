"""VIES is asked in the background; its answer is kept with its day, and no answer is neither yes nor no."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from filo.foundation.access.principal import system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.copies.services import mute
from filo.foundation.egress import EgressRefused
from filo.foundation.errors import Forbidden
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
from filo.operational.vies.models import VatCheck
from filo.operational.vies.services.asking import NobodyToAsk, NotAskable, ask_vies
from filo.operational.vies.tests.answers import GERMAN, ITALIAN, checked, standing, with_number, work
from filo.operational.vies.tests.fake import Vies
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_a_valid_number_is_kept_with_what_was_told(world: World, vies: Vies) -> None:
    party = with_number(world, GERMAN)
    vies.known[GERMAN] = ("Weberei GmbH", "---")
    found = checked(world, party)
    assert (found.state, found.name, found.address, found.consultation) == ("valid", "Weberei GmbH", "", "")
    assert found.answered_at is not None
    assert found.asked_by == world.people["agent"]
    assert vies.asked == [("/ms/DE/vat/136695976", None)]
    assert set(AuditEntry.objects.filter(object_id=found.pk).values_list("action", flat=True)) == {
        "vat-check.ask",
        "vat-check.answer",
    }


def test_a_number_that_vies_does_not_know_is_not_valid(world: World, vies: Vies) -> None:
    assert checked(world, with_number(world, GERMAN)).state == "invalid"
    assert standing(world, world.parties["own"]).is_wrong


def test_with_a_number_of_our_own_the_consultation_can_be_proved(world: World, vies: Vies) -> None:
    SellingCompany.objects.filter(pk=world.companies["moda"].pk).update(vat_number=ITALIAN)
    vies.requesters, vies.known[GERMAN] = {"IT" + ITALIAN}, ("Weberei GmbH", "---")
    found = checked(world, with_number(world, GERMAN))
    assert (found.state, found.consultation) == ("valid", "WAPIAAAAYmRhxd2B")
    assert [path for path, _body in vies.asked] == ["/check-vat-number"]


def test_where_vies_does_not_know_our_own_number_it_is_asked_without(world: World, vies: Vies) -> None:
    SellingCompany.objects.filter(pk=world.companies["moda"].pk).update(vat_number=ITALIAN)
    vies.known[GERMAN] = ("Weberei GmbH", "---")
    found = checked(world, with_number(world, GERMAN))
    assert (found.state, found.consultation) == ("valid", "")
    assert [path for path, _body in vies.asked] == ["/check-vat-number", "/ms/DE/vat/136695976"]


@pytest.mark.parametrize("code", ["MS_UNAVAILABLE", "SERVICE_UNAVAILABLE", "MS_MAX_CONCURRENT_REQ", "TIMEOUT"])
def test_no_answer_is_told_in_a_sentence_and_asked_again(world: World, vies: Vies, code: str) -> None:
    party = with_number(world, GERMAN)
    vies.error = code
    assert checked(world, party).state == "unanswered"
    assert standing(world, party).is_valid is None
    assert str(standing(world, party).why_not)
    job = Job.objects.get(name="vies.ask")
    assert job.state == JobState.READY
    assert job.run_at > job.created_at
    vies.error, vies.known[GERMAN] = "", ("Weberei GmbH", "---")
    Job.objects.filter(pk=job.pk).update(run_at=job.created_at)
    work()
    assert VatCheck.objects.get().state == "valid"


@pytest.mark.parametrize(
    ("status", "body", "refused"),
    [
        (503, b"<html>maintenance</html>", "SERVICE_UNAVAILABLE"),
        (200, b"<html>maintenance</html>", "unreadable"),
        (200, b"[]", "unreadable"),
        (200, b'{"name": "x"}', "unreadable"),
        (302, b"", "unreadable"),
        (500, b'{"actionSucceed": false, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]}', "MS_UNAVAILABLE"),
    ],
)
def test_whatever_else_comes_back_is_no_answer(
    world: World, vies: Vies, status: int, body: bytes, refused: str
) -> None:
    vies.raw = (status, body)
    found = checked(world, with_number(world, GERMAN))
    assert (found.state, found.refused) == ("unanswered", refused)


def test_a_server_that_is_not_there_is_no_answer(world: World, vies: Vies, settings: Settings) -> None:
    settings.VIES_URL = "http://127.0.0.1:9"
    assert checked(world, with_number(world, GERMAN)).refused == "not-reached"


def test_an_answer_stays_known_while_vies_cannot_be_asked_again(world: World, vies: Vies) -> None:
    party = with_number(world, GERMAN)
    vies.known[GERMAN] = ("Weberei GmbH", "---")
    checked(world, party)
    vies.error = "MS_UNAVAILABLE"
    checked(world, party)
    found = standing(world, party)
    assert (found.state, found.is_valid) == ("unanswered", True)


def test_a_question_that_waits_is_not_asked_twice(world: World, vies: Vies) -> None:
    party, agent = with_number(world, GERMAN), world.principal("agent")
    first = ask_vies(agent, party)
    assert ask_vies(agent, party) == first
    assert Job.objects.filter(name="vies.ask").count() == 1
    work()
    assert len(vies.asked) == 1


def test_asked_anew_while_vies_was_away_it_is_asked_once_more_and_not_twice(world: World, vies: Vies) -> None:
    party = with_number(world, GERMAN)
    vies.error = "MS_UNAVAILABLE"
    first = checked(world, party)
    vies.error = ""
    again = ask_vies(world.principal("agent"), party)
    Job.objects.filter(name="vies.ask").update(run_at=again.asked_at)
    work()
    again.refresh_from_db()
    assert (again.pk, again.state, len(vies.asked)) == (first.pk, "invalid", 2)


def test_what_was_answered_belongs_to_the_number_that_was_asked_about(world: World, vies: Vies) -> None:
    party = with_number(world, GERMAN)
    checked(world, party)
    with_number(world, ITALIAN)
    assert standing(world, party).state == "none"


@pytest.mark.parametrize("number", ["", "CHE116281710"])
def test_only_numbers_of_the_union_are_asked_about(world: World, vies: Vies, number: str) -> None:
    with pytest.raises(NotAskable):
        ask_vies(world.principal("agent"), with_number(world, number))


def test_who_may_not_edit_the_card_does_not_ask(world: World, vies: Vies) -> None:
    with pytest.raises(Forbidden):
        ask_vies(world.principal("stranger"), with_number(world, GERMAN))


def test_a_muted_copy_and_an_installation_without_an_address_do_not_ask(
    world: World, vies: Vies, settings: Settings
) -> None:
    party, agent = with_number(world, GERMAN), world.principal("agent")
    waiting = ask_vies(agent, party)
    mute(system("test"), taken_at=datetime(2026, 11, 28, tzinfo=UTC), source="filo.tar.gz")
    with pytest.raises(EgressRefused):
        ask_vies(agent, party)
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refused, vies.asked) == ("unanswered", "muted", [])
    settings.VIES_URL = ""
    with pytest.raises(NobodyToAsk):
        ask_vies(agent, party)


def test_saving_a_card_asks_nobody(world: World, vies: Vies) -> None:
    party = with_number(world, ITALIAN)
    edit_party(world.principal("agent"), party, {"sector": "Tessile"}, version=None)
    work()
    assert vies.asked == []
    assert Party.objects.get(pk=party.pk).sector == "Tessile"
