"""We write first: the mail leaves from a mailbox one may use, and the customer's answer goes on with it."""

from __future__ import annotations

from uuid import UUID

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.writing import mailboxes_to_write_from, open_with
from filo.collaborative.inbox.services.departure import leave
from filo.collaborative.inbox.services.writing import Letter, write_mail
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.mail.models import OutgoingMail
from filo.operational.parties.models import ContactPoint, Party
from filo.operational.service.models import GroupMember, ServiceGroup, Ticket
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(world: World) -> Party:
    found = world.parties["own"]
    ContactPoint.objects.create(party=found, type="email", value="Own@example.it", normalised="own@example.it")
    return found


def letter(box: Mailbox, to: str = "Own@example.it") -> Letter:
    return Letter(to, box, "Il preventivo", "Buongiorno, ecco il preventivo.")


def test_the_answer_goes_on_with_what_we_wrote_and_opens_a_request_with_the_group(
    world: World, customer: Party
) -> None:
    group = ServiceGroup.objects.create(code="care", name="Assistenza")
    box = mailbox("care@aurora.example", group=group)
    sent = write_mail(world.principal("inside"), customer, letter(box))
    leave(sent.id)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject, mail.in_reply_to) == ("own@example.it", "Il preventivo", "")
    talk = Conversation.objects.get()
    assert (talk.state, talk.assignee, talk.ticket) == ("waiting", world.people["inside"], None)
    assert talk.unit_id is not None
    back = mail.message_id.strip("<>")
    comes_in(box, "Lo prendo", subject="Re: Il preventivo", address="own@example.it", in_reply_to=back)
    talk.refresh_from_db()
    assert (talk.state, talk.messages_count, Ticket.objects.get().party) == ("open", 2, customer)


def test_from_ones_own_mailbox_it_is_personal(world: World, customer: Party) -> None:
    own = mailbox("agente@aurora.example", owner=world.people["agent"])
    talk = write_mail(world.principal("agent"), customer, letter(own)).conversation
    assert (talk.private, talk.owner) == (True, world.people["agent"])
    assert not Conversation.objects.visible_to(world.principal("admin")).exists()


def test_one_writes_from_ones_own_and_ones_groups_mailboxes(world: World) -> None:
    group = ServiceGroup.objects.create(code="care", name="Assistenza")
    GroupMember.objects.create(group=group, user=world.people["teammate"])
    mailbox("care@aurora.example", group=group)
    mailbox("info@aurora.example")
    mailbox("agente@aurora.example", owner=world.people["agent"])
    mailbox("spenta@aurora.example", state="off")

    def of(name: str) -> list[str]:
        return [box.address.partition("@")[0] for box in mailboxes_to_write_from(world.principal(name))]

    assert of("agent") == ["agente", "info"]
    assert of("teammate") == ["care", "info"]
    assert of("operator") == ["care", "info"]
    assert of("researcher") == []


def test_what_one_may_not_use_or_see_is_refused(world: World, customer: Party) -> None:
    own = mailbox("agente@aurora.example", owner=world.people["agent"])
    with pytest.raises(Forbidden):
        write_mail(world.principal("inside"), customer, letter(own))
    with pytest.raises(NotFound):
        write_mail(world.principal("stranger"), customer, letter(mailbox()))
    with pytest.raises(InvalidFields):
        write_mail(world.principal("inside"), customer, letter(Mailbox.objects.latest("id"), to="altro@example.it"))
    assert not Conversation.objects.exists()


def test_the_page_writes_and_the_card_shows_it(world: World, customer: Party) -> None:
    box, client = mailbox(), client_of(world, "inside")
    page = client.get(f"/inbox/new?party={customer.id}").content.decode()
    assert ("Own@example.it" in page, "info@aurora.example" in page) == (True, True)
    said = {"party": str(customer.id), "to": "Own@example.it", "sender": str(box.id), "subject": "Il preventivo"}
    assert client.post("/inbox/new", said).status_code == 422
    answer = client.post("/inbox/new", said | {"text": "Eccolo."})
    talk = Conversation.objects.get()
    assert answer["Location"] == f"/inbox/{talk.id}"
    assert Message.objects.get().delivery == "later"
    assert "Il preventivo" in client.get(f"/inbox/of/{customer.id}").content.decode()
    assert client.get(f"/parties/{customer.id}").content.decode().count(f"/inbox/new?party={customer.id}") >= 2
    assert client_of(world, "stranger").get(f"/inbox/new?party={customer.id}").status_code == 404


def test_a_card_shows_only_the_conversations_one_reads(world: World, customer: Party) -> None:
    comes_in(mailbox("agente@aurora.example", owner=world.people["agent"]), address="own@example.it")
    talk = comes_in(mailbox(), address="own@example.it", subject="Del cliente").conversation

    def of(name: str) -> set[UUID]:
        return {found.id for found in open_with(world.principal(name), customer)}

    assert of("inside") == {talk.id}
    assert len(of("agent")) == 2
