"""The pages of deals as people use them: opened, moved on the board and by its bar, asked for more, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.operational.deals.models import Deal, PipelineStage
from filo.operational.deals.services import win_deal
from filo.operational.deals.tests.floor import Floor
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_deal_is_opened_with_a_customer_and_an_amount(floor: Floor) -> None:
    client, party = client_of(floor.world, "agent"), floor.world.parties["own"]
    assert client.get(f"/deals/new?party={party.id}").status_code == 200
    typed = {"party": party.id, "pipeline": floor.pipeline.pk, "amount": "1250,50", "currency": "EUR"}
    answer = client.post("/deals/new", typed | {"owner": floor.world.people["agent"].id})
    deal = Deal.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/deals/{deal.id}")
    assert (str(deal.amount), deal.owner_id) == ("1250.50", floor.world.people["agent"].id)


def test_what_is_refused_stays_typed(floor: Floor) -> None:
    client = client_of(floor.world, "agent")
    typed = {"title": "Divise", "pipeline": floor.pipeline.pk, "amount": "10", "currency": "EUR"}
    answer = client.post("/deals/new", typed)
    assert answer.status_code == 422
    assert 'value="Divise"' in answer.content.decode()
    wrong = client.post("/deals/new", typed | {"party": floor.world.parties["own"].id, "referral_code": "BOH"})
    assert wrong.status_code == 422
    assert Deal.objects.count() == 0


def test_the_board_counts_and_adds_up_its_stages(floor: Floor) -> None:
    floor.open("Uno", amount=1000)
    floor.open("Due", amount=500, stage="offer")
    page = client_of(floor.world, "agent").get("/deals/board").content.decode()
    for words in ("Uno", "Due", "Negozi", "Senza prossimo passo" if "Trattative" in page else "No next step"):
        assert words in page


def test_a_card_is_dragged_to_another_stage_with_a_way_back(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    typed = {"stage": floor.stages["offer"].pk, "board": "1", "back": "/deals/board"}
    answer = client.post(f"/deals/{deal.id}/move", typed, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="stage-{floor.stages["first"].pk}"' in page
    assert f'id="stage-{floor.stages["offer"].pk}"' in page
    assert "/undo" in page
    assert "deal-ask" in page  # what comes next is asked
    undo = page.split('action="')[1:]
    address = next(part.split('"')[0] for part in undo if "/undo" in part.split('"')[0])
    assert client.post(address.replace("&amp;", "&")).status_code == 302
    assert floor.again(deal).stage.code == "first"


def test_a_stage_asks_for_just_what_is_missing(floor: Floor) -> None:
    floor.demand("offer", "close_date", "amount")
    deal, client = floor.open(), client_of(floor.world, "agent")
    typed = {"stage": floor.stages["offer"].pk, "board": "1"}
    asks = client.post(f"/deals/{deal.id}/move", typed, headers=HTMX)
    page = asks.content.decode()
    assert (asks.status_code, asks["HX-Retarget"]) == (422, "#board-ask")
    assert 'name="close_date"' in page
    assert 'name="amount"' not in page
    day = (clock.today() + timedelta(days=9)).isoformat()
    answer = client.post(f"/deals/{deal.id}/move", typed | {"asked": "1", "close_date": day}, headers=HTMX)
    assert answer.status_code == 200
    assert floor.again(deal).close_date.isoformat() == day  # type: ignore[union-attr]


def test_what_is_dropped_on_lost_has_to_have_a_reason(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    typed = {"stage": floor.stages["lost"].pk, "board": "1"}
    assert client.post(f"/deals/{deal.id}/move", typed, headers=HTMX).status_code == 422
    answer = client.post(
        f"/deals/{deal.id}/move", typed | {"asked": "1", "reason": floor.reason.pk, "note": "Caro"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert floor.again(deal).loss_note == "Caro"


def test_where_the_stages_do_not_allow_it_a_sentence_says_so(floor: Floor) -> None:
    PipelineStage.objects.filter(pk=floor.stages["first"].pk).update(next_codes=["offer"])
    deal, client = floor.open(), client_of(floor.world, "agent")
    typed = {"stage": floor.stages["talks"].pk, "board": "1"}
    assert client.post(f"/deals/{deal.id}/move", typed, headers=HTMX).status_code == 409
    assert client.post(f"/deals/{deal.id}/move", {"stage": floor.stages["talks"].pk}).status_code == 302
    assert floor.again(deal).stage.code == "first"


def test_the_bar_of_the_page_moves_and_asks_what_comes_next(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    answer = client.post(f"/deals/{deal.id}/move", {"stage": floor.stages["offer"].pk})
    assert answer["Location"] == f"/deals/{deal.id}?ask=step"
    assert 'name="next_step"' in client.get(answer["Location"]).content.decode()
    typed = {"next_step": "Mandare il listino", "next_on": (clock.today() + timedelta(days=3)).isoformat()}
    typed["version"] = str(floor.again(deal).version)
    assert client.post(f"/deals/{deal.id}/next", typed)["Location"] == f"/deals/{deal.id}"
    assert "Mandare il listino" in client.get(f"/deals/{deal.id}").content.decode()
    assert client.post(f"/deals/{deal.id}/next", {"next_step": "Solo"}).status_code == 422


def test_it_is_won_and_opened_again_on_its_page(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    assert client.post(f"/deals/{deal.id}/win").status_code == 302
    assert floor.again(deal).state == "won"
    assert client.get(f"/deals/{deal.id}").status_code == 200
    assert client.post(f"/deals/{deal.id}/reopen").status_code == 302
    assert floor.again(deal).state == "open"
    assert client.post(f"/deals/{deal.id}/lose", {}).status_code == 422
    assert client.post(f"/deals/{deal.id}/lose", {"reason": floor.reason.pk}).status_code == 302
    assert "Prezzo" in client.get(f"/deals/{deal.id}").content.decode()


def test_two_who_change_the_same_are_told(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    typed = {"title": "Uno", "amount": "5", "currency": "EUR", "version": deal.version}
    assert client.post(f"/deals/{deal.id}/edit", typed).status_code == 302
    again = client.post(f"/deals/{deal.id}/edit", typed | {"title": "Due"})
    assert again.status_code == 422
    assert 'value="Due"' in again.content.decode()
    assert floor.again(deal).title == "Uno"


def test_a_note_stays_typed_when_it_is_refused(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    assert client.post(f"/deals/{deal.id}/note", {"text": " "}).status_code == 422
    assert client.post(f"/deals/{deal.id}/note", {"text": "Vuole vedere i campioni"}).status_code == 302
    assert "Vuole vedere i campioni" in client.get(f"/deals/{deal.id}").content.decode()


def test_several_are_given_away_at_once_and_taken_back_at_once(floor: Floor) -> None:
    first, second = floor.open("Uno"), floor.open("Due")
    mate, client = floor.world.people["teammate"], client_of(floor.world, "manager")
    answer = client.post("/deals/many", {"chosen": [first.id, second.id], "owner": mate.id})
    assert answer.status_code == 302
    assert {floor.again(deal).owner_id for deal in (first, second)} == {mate.id}
    assert client_of(floor.world, "agent").post("/deals/many", {"chosen": [first.id]}).status_code in (302, 403)
    assert floor.again(first).owner_id == mate.id


def test_what_was_thrown_away_waits_in_the_bin(floor: Floor) -> None:
    deal, client = floor.open("Da buttare"), client_of(floor.world, "agent")
    assert client.post(f"/deals/{deal.id}/delete").status_code == 302
    assert client.get(f"/deals/{deal.id}").status_code == 404
    assert "Da buttare" in client.get("/deals/bin").content.decode()
    assert client.post(f"/deals/{deal.id}/restore").status_code == 302
    assert client.get(f"/deals/{deal.id}").status_code == 200


def test_the_list_is_narrowed_and_sorted(floor: Floor) -> None:
    floor.open("Piccola", amount=10)
    big = floor.open("Grande", amount=9000)
    client = client_of(floor.world, "agent")
    page = client.get("/deals?state=open&sort=-amount").content.decode()
    assert page.index("Grande") < page.index("Piccola")
    assert "Piccola" not in client.get("/deals?amount=more:100").content.decode()
    assert "Piccola" in client.get("/deals?no_step=yes").content.decode()
    win_deal(floor.principal(), big)
    assert "Grande" in client.get("/deals?state=won").content.decode()
    assert client.get("/deals?sort=colour").status_code == 400
    assert client.get("/deals").status_code == 302
    assert client.get("/deals/filter").status_code == 200


def test_a_day_in_the_past_is_kept_with_a_warning(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    past = (clock.today() - timedelta(days=3)).isoformat()
    typed = {"title": "Uno", "amount": "5", "currency": "EUR", "version": deal.version, "close_date": past}
    page = client.post(f"/deals/{deal.id}/edit", typed, follow=True).content.decode()
    assert "La chiusura prevista è nel passato" in page
    wanted = {"next_step": "Chiamare", "next_on": past, "version": floor.again(deal).version}
    step = client.post(f"/deals/{deal.id}/next", wanted, follow=True)
    assert "Il giorno del prossimo passo è nel passato" in step.content.decode()
    again = client.post(f"/deals/{deal.id}/edit", typed | {"version": floor.again(deal).version}, follow=True)
    assert "La chiusura prevista è nel passato" not in again.content.decode()


def test_a_reason_of_a_loss_is_chosen_and_not_taken_for_chosen(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    page = client.get(f"/deals/{deal.id}").content.decode()
    assert '<option value="" selected>' in page.split('name="reason"')[1].split("</select>")[0]
    refused = client.post(f"/deals/{deal.id}/lose", {"reason": ""})
    assert (refused.status_code, Deal.objects.get().state) == (422, "open")


def test_who_has_no_contact_person_is_told_where_one_is_added(floor: Floor) -> None:
    floor.demand("offer", "contact")
    client, stage = client_of(floor.world, "agent"), floor.stages["offer"].pk
    alone, known = floor.open(party="shared"), floor.open(party="own")
    asked = client.post(f"/deals/{alone.id}/move", {"stage": stage, "board": "1"}, headers=HTMX)
    assert (asked.status_code, f"?kind=person&amp;firm={alone.party_id}" in asked.content.decode()) == (422, True)
    other = client.post(f"/deals/{known.id}/move", {"stage": stage, "board": "1"}, headers=HTMX)
    assert (other.status_code, "?kind=person" in other.content.decode()) == (422, False)
