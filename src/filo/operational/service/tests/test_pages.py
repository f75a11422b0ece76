"""Colleagues find, read, open and work requests on their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.operational.activities.models import Task
from filo.operational.service.models import CloseReason, Complaint, ComplaintCause, ServiceTarget, Ticket
from filo.operational.service.services import assign_ticket, describe_complaint
from filo.operational.service.tests.desk import Desk
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def test_a_new_request_takes_one_form(desk: Desk, client_of: ClientOf) -> None:
    party = desk.world.parties["own"]
    page = client_of("operator").get(f"/tickets/new?party={party.id}").content.decode()
    assert 'value="info@lanificio.example"' in page
    typed = {"subject": "Anta rotta", "type": "fault", "priority": "normal", "channel": "phone", "party": party.id}
    answer = client_of("operator").post("/tickets/new", typed | {"assignee": desk.world.people["operator"].id})
    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.id}"
    assert (ticket.party_id, ticket.state, ticket.channel) == (party.id, "open", "phone")


def test_the_number_typed_in_the_palette_and_the_search_opens_it(desk: Desk, client_of: ClientOf) -> None:
    ticket = desk.open("Anta rotta")
    offered = client_of("operator").get(f"/search/commands?q=%23{ticket.number}").content.decode()
    assert f'href="/tickets/{ticket.id}"' in offered
    spoken = ticket.number.replace("-", " ")
    assert client_of("operator").get(f"/search?q={spoken}")["Location"] == f"/tickets/{ticket.id}"
    assert client_of("stranger").get(f"/search?q={ticket.number}").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("open=yes", ["Anta", "Fodera"]),
        ("open=yes&assignee=me", ["Anta"]),
        ("open=yes&assignee=none", ["Fodera"]),
        ("open=yes&group=mine", ["Anta", "Fodera"]),
        ("type=complaint", ["Fodera"]),
        ("late=yes", []),
        ("q=fodera&view=all", ["Fodera"]),
        ("q=lanificio&view=all", ["Anta"]),
        ("priority=urgent", []),
    ],
)
def test_the_list_is_narrowed(desk: Desk, client_of: ClientOf, query: str, found: list[str]) -> None:
    mine = desk.open("Anta", party="own")
    assign_ticket(desk.principal(), mine, assignee_id=desk.world.people["operator"].id)
    desk.open("Fodera", type="complaint")
    page = client_of("operator").get(f"/tickets?{query}").content.decode()
    assert [word for word in ("Anta", "Fodera") if f"<b>{word}</b>" in page] == found


def test_each_act_is_one_press_with_a_way_back(desk: Desk, client_of: ClientOf) -> None:
    ticket, client = desk.open(), client_of("operator")
    address = f"/tickets/{ticket.id}"
    for form, wanted in (
        (("assign", {"me": "1"}), ("open", "")),
        (("state", {"state": "waiting:supplier"}), ("waiting", "supplier")),
        (("state", {"state": "open"}), ("open", "")),
        (("state", {"state": "solved"}), ("solved", "")),
        (("state", {"state": "closed", "reason": "Doppia"}), ("closed", "")),
    ):
        answer = client.post(f"{address}/{form[0]}", form[1])
        assert answer.status_code == 302
        ticket.refresh_from_db()
        assert (ticket.state, ticket.waiting_on) == wanted
    assert "/undo" in client.get(f"{address}/changes").content.decode()
    assert "Doppia" in client.get(address).content.decode()
    assert "Chi se ne occupa" in client.get(f"{address}/forms").content.decode()


def test_a_note_stays_typed_when_it_is_refused(desk: Desk, client_of: ClientOf) -> None:
    ticket = desk.open()
    assert client_of("operator").post(f"/tickets/{ticket.id}/note", {"text": "Sentito il cliente"}).status_code == 302
    assert ticket.notes.get().text == "Sentito il cliente"
    assert client_of("operator").post(f"/tickets/{ticket.id}/note", {"text": " "}).status_code == 422


def test_two_who_change_the_same_are_told(desk: Desk, client_of: ClientOf) -> None:
    ticket = desk.open()
    typed = {"subject": "Altro", "type": "fault", "priority": "high", "version": ticket.version}
    assert client_of("operator").post(f"/tickets/{ticket.id}/edit", typed).status_code == 302
    assert client_of("inside").post(f"/tickets/{ticket.id}/edit", typed | {"subject": "Ancora"}).status_code == 422
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.type, ticket.priority) == ("Altro", "fault", "high")


def test_it_is_merged_by_the_number_that_is_typed(desk: Desk, client_of: ClientOf) -> None:
    first, second = desk.open("Uno"), desk.open("Due")
    wrong = client_of("operator").post(f"/tickets/{second.id}/merge", {"into": "100001-9"})
    assert wrong.status_code == 422
    answer = client_of("operator").post(f"/tickets/{second.id}/merge", {"into": first.number})
    assert answer["Location"] == f"/tickets/{first.id}"
    assert second.number in client_of("operator").get(f"/tickets/{first.id}").content.decode()


def test_who_sees_the_request_but_not_the_customer_does_not_read_his_name(desk: Desk, client_of: ClientOf) -> None:
    ticket = desk.open("Anta", party="southern", group=False)
    assign_ticket(desk.principal("admin"), ticket, assignee_id=desk.world.people["agent"].id)
    page = client_of("agent").get(f"/tickets/{ticket.id}").content.decode()
    assert ("Anta" in page, "Moda Sud" in page) == (True, False)
    assert "Moda Sud" not in client_of("agent").get("/tickets?open=yes").content.decode()


@pytest.mark.parametrize("door", ["", "/facts", "/story", "/peek", "/forms", "/changes"])
def test_a_stranger_finds_nothing(desk: Desk, client_of: ClientOf, door: str) -> None:
    ticket = desk.open("Anta", party="own")
    assert client_of("stranger").get(f"/tickets/{ticket.id}{door}").status_code == 404
    assert client_of("agent").get(f"/tickets/{ticket.id}{door}").status_code == 200


@pytest.mark.parametrize("verb", ["edit", "assign", "state", "note", "party", "merge", "complaint"])
def test_a_stranger_changes_nothing(desk: Desk, client_of: ClientOf, verb: str) -> None:
    ticket = desk.open("Anta", party="own")
    assert client_of("stranger").post(f"/tickets/{ticket.id}/{verb}", {"state": "solved"}).status_code == 404


def test_who_only_looks_may_not_change(desk: Desk, client_of: ClientOf) -> None:
    ticket = desk.open("Anta")
    assign_ticket(desk.principal(), ticket, assignee_id=desk.world.people["researcher"].id)
    assert client_of("researcher").get(f"/tickets/{ticket.id}").status_code == 200
    assert client_of("researcher").post(f"/tickets/{ticket.id}/state", {"state": "solved"}).status_code == 403


def test_open_requests_stand_on_the_card_of_their_customer(desk: Desk, client_of: ClientOf) -> None:
    ticket = desk.open("Anta rotta", party="own")
    card = f"/parties/{desk.world.parties['own'].id}"
    assert f'hx-get="{card}/tickets"' in client_of("agent").get(card).content.decode()
    assert f"/tickets/{ticket.id}" in client_of("agent").get(f"{card}/tickets").content.decode()


def test_complaints_are_counted_by_their_cause_and_lead_to_their_rows(desk: Desk, client_of: ClientOf) -> None:
    late, broken = (ComplaintCause.objects.create(name=name) for name in ("Ritardo", "Difetto"))
    for cause in (late, late, broken):
        describe_complaint(desk.principal(), desk.open("Male", type="complaint"), cause=cause, severity=2)
    page = client_of("operator").get("/tickets/complaints").content.decode()
    assert page.index("Ritardo") < page.index("Difetto")
    assert "67 %" in page
    rows = client_of("operator").get(f"/tickets?type=complaint&cause={broken.id}").content.decode()
    assert rows.count("<b>Male</b>") == 1


def test_too_many_complaints_make_a_task(desk: Desk) -> None:
    keeper = desk.world.people["boss"]
    cause = ComplaintCause.objects.create(name="Ritardo", threshold=2, keeper=keeper)
    for _number in range(3):
        describe_complaint(desk.principal(), desk.open("Male", type="complaint"), cause=cause)
    assert [task.assignee_id for task in Task.objects.filter(title__contains="Ritardo")] == [keeper.id]


def test_the_settings_keep_groups_targets_and_causes(desk: Desk, client_of: ClientOf) -> None:
    client = client_of("admin")
    group = {
        "name": "Ricambi",
        "respond_within": "60",
        "solve_within": "600",
        "asks_after": "0",
        "members": [desk.world.people["boss"].id],
    }
    assert client.post("/settings/service/groups/new", group).status_code == 302
    target = {"type": "complaint", "respond_within": "60", "solve_within": "30"}
    assert client.post("/settings/service/targets/new", target).status_code == 422
    assert client.post("/settings/service/targets/new", target | {"solve_within": "90"}).status_code == 302
    assert client.post("/settings/service/reasons/new", {"name": "Doppia", "active": "on"}).status_code == 302
    kept = ServiceTarget.objects.get()
    assert client.post(f"/settings/service/targets/{kept.id}/remove").status_code == 302
    page = client.get("/settings/service").content.decode()
    assert ("Ricambi" in page, "Doppia" in page, CloseReason.objects.count()) == (True, True, 1)
    assert client_of("agent").get("/settings/service").status_code == 403


def test_a_complaint_is_described_on_its_page(desk: Desk, client_of: ClientOf) -> None:
    cause, ticket = ComplaintCause.objects.create(name="Ritardo"), desk.open("Male", type="complaint")
    typed = {"cause": cause.id, "severity": "3", "cost": "12.50", "remedy": "Scuse"}
    assert client_of("operator").post(f"/tickets/{ticket.id}/complaint", typed).status_code == 302
    found = Complaint.objects.get()
    assert (found.cause_id, found.severity, str(found.cost), found.remedy) == (cause.id, 3, "12.50", "Scuse")
    question = desk.open("Solo una domanda")
    assert client_of("operator").post(f"/tickets/{question.id}/complaint", typed).status_code == 422
