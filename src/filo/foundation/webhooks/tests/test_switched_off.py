"""A webhook that switches itself off: who made it and the administrators read why in a mail, each in his words."""

from __future__ import annotations

import pytest

from filo.foundation.mail.models import OutgoingMail
from filo.foundation.webhooks import services
from filo.foundation.webhooks.models import WebhookEndpoint
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.tests.peers import receiving
from filo.foundation.webhooks.tests.told import light
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_maker_and_administrators_hear_of_it_once_in_their_language(world: World) -> None:
    role = world.people["boss"].role
    role.grants = {"webhook": {"create": "all"}}
    role.save()
    world.people["boss"].language = "en"
    world.people["boss"].save()
    with receiving(410) as peer:
        maker = world.principal("boss")
        services.add_endpoint(maker, url=peer.url, types=["sample.*"], description="The shop")
        light("hall", "kitchen")
        deliver_due()
    found = WebhookEndpoint.objects.get()
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert sorted(mails) == ["admin@aurora.example", "boss@aurora.example"]
    assert mails["boss@aurora.example"].subject == "A webhook was switched off: The shop"
    assert "said that nothing is there any more (410)" in mails["boss@aurora.example"].text
    assert f"/settings/webhooks/{found.id}" in mails["boss@aurora.example"].text
    assert "non c’è più nulla" in mails["admin@aurora.example"].text
    page = client_of(world, "admin").get("/settings/webhooks").text
    assert "non c’è più nulla" in page, "and the list says it too"
