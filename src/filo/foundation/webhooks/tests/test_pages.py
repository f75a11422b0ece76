"""The pages: an administrator makes a webhook, sees its secret once, tries it out, reads what was sent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from filo.foundation.events.services import relay_batch
from filo.foundation.jobs.models import Job
from filo.foundation.webhooks import services
from filo.foundation.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.tests.peers import receiving
from filo.foundation.webhooks.tests.told import TESTER
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., CheckedClient]
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
LIST = "/settings/webhooks"


def made(types: list[str] | None = None, url: str = "https://shop.example.com/hook") -> WebhookEndpoint:
    return services.add_endpoint(TESTER, url=url, types=types or ["*"], description="Negozio")[0]


def test_a_new_webhook_shows_its_secret_once_and_never_again(world: World, client_of: SignedIn) -> None:
    client = client_of("admin")
    assert "New webhook" in client.get(LIST, headers={"accept-language": "en"}).text or client.get(LIST).text
    sent = {"url": "https://shop.example.com/hook", "types": ["party.*", "party.created", "task.done"]}
    posted = client.post(f"{LIST}/new", sent)
    endpoint = WebhookEndpoint.objects.get()
    assert (posted.status_code, posted["Location"]) == (302, f"{LIST}/{endpoint.id}"), (
        "looked at anew it makes no other"
    )
    page = client.get(posted["Location"])
    secret = SECRET.search(page.text)
    assert secret is not None
    assert page["Cache-Control"] == "no-store"
    assert endpoint.types == ["party.*", "task.done"]
    assert endpoint.created_by_id == world.people["admin"].id
    for address in (LIST, f"{LIST}/{endpoint.id}", f"{LIST}/{endpoint.id}/edit", "/settings/events"):
        assert not SECRET.search(client.get(address).text), address
    rolled = SECRET.search(client.post(f"{LIST}/{endpoint.id}/secret", follow=True).text)
    assert rolled is not None
    assert rolled[0] != secret[0]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("url", {"url": "http://169.254.169.254/latest"}),
        ("url", {"url": "http://[::ffff:10.0.0.1]/"}),
        ("url", {"url": "ftp://example.com/"}),
        ("url", {"url": "https://me:word@example.com/"}),
        ("url", {"url": ""}),
        ("types", {"types": []}),
        ("types", {"types": ["party.exploded"]}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(
    world: World, client_of: SignedIn, field: str, wrong: dict[str, object]
) -> None:
    page = client_of("admin").post(f"{LIST}/new", {"url": "https://a.example/", "types": ["*"], **wrong})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert WebhookEndpoint.objects.count() == 0


def test_two_who_edit_at_once_are_told(world: World, client_of: SignedIn) -> None:
    client, endpoint = client_of("admin"), made()
    page = client.get(f"{LIST}/{endpoint.id}/edit").text
    form = values_of(page, containing="version") | {"types": ["*"], "description": "A"}
    assert client.post(f"{LIST}/{endpoint.id}/edit", form).status_code == 302
    assert client.post(f"{LIST}/{endpoint.id}/edit", form | {"description": "B"}).status_code == 412
    assert WebhookEndpoint.objects.get().description == "A"


def test_a_test_event_and_its_answer_are_on_the_page(world: World, client_of: SignedIn) -> None:
    client = client_of("admin")
    with receiving(500, text=b"<script>no</script>") as peer:
        endpoint = made(url=peer.url)
        assert client.post(f"{LIST}/{endpoint.id}/test").status_code == 302
        deliver_due()
    delivery = WebhookDelivery.objects.get()
    for address in (f"{LIST}/{endpoint.id}", f"{LIST}/{endpoint.id}/activity", f"{LIST}/{endpoint.id}?state=given-up"):
        assert f"/deliveries/{delivery.id}" in client.get(address).text
    assert "/deliveries/" not in client.get(f"{LIST}/{endpoint.id}?state=delivered").text
    assert client.get(f"{LIST}/{endpoint.id}?state=nonsense").status_code == 400
    page = client.get(f"{LIST}/{endpoint.id}/deliveries/{delivery.id}").text
    assert "&lt;script&gt;no&lt;/script&gt;" in page
    assert "webhook.test" in page
    assert client.post(f"{LIST}/{endpoint.id}/deliveries/{delivery.id}/retry").status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, WebhookAttempt.objects.count()) == ("pending", 1)


def test_the_log_has_pages(world: World, client_of: SignedIn) -> None:
    client, endpoint = client_of("admin"), made(["webhook.*"])
    for _ in range(60):
        services.send_test(TESTER, endpoint)
    first = client.get(f"{LIST}/{endpoint.id}").text
    second = client.get(f"{LIST}/{endpoint.id}" + re.findall(r'rel="next"\s+href="[^"?]*(\?[^"]+)"', first)[0]).text
    ids = re.compile(r"/deliveries/([0-9a-f-]{36})")
    assert (len(set(ids.findall(first))), len(set(ids.findall(second)))) == (50, 10)
    assert not set(ids.findall(first)) & set(ids.findall(second))


def test_pause_resume_delete_and_undo(world: World, client_of: SignedIn) -> None:
    client, endpoint = client_of("admin"), made()
    for verb, state in (("pause", "paused"), ("resume", "active")):
        assert client.post(f"{LIST}/{endpoint.id}/{verb}").status_code == 302
        endpoint.refresh_from_db()
        assert endpoint.state == state
    gone = client.post(f"{LIST}/{endpoint.id}/delete", follow=True)
    assert f"{LIST}/{endpoint.id}/restore" in gone.text
    assert client.get(f"{LIST}/{endpoint.id}").status_code == 404
    client.post(f"{LIST}/{endpoint.id}/restore")
    assert client.get(f"{LIST}/{endpoint.id}").status_code == 200


def test_the_past_is_sent_again_since_a_day_that_is_kept(world: World, client_of: SignedIn) -> None:
    client, endpoint = client_of("admin"), made()
    for day in ("2020-01-01T10:00", "2199-01-01T10:00", "yesterday"):
        assert client.post(f"{LIST}/{endpoint.id}/replay", {"since": day}).status_code == 422
    from filo.foundation import clock

    today = clock.now().strftime("%Y-%m-%dT00:00")
    assert client.post(f"{LIST}/{endpoint.id}/replay", {"since": today}).status_code in (302, 422)
    assert Job.objects.filter(name="webhooks.replay").count() == 1


def test_management_looks_and_others_do_not(world: World, client_of: SignedIn) -> None:
    endpoint = made()
    services.send_test(TESTER, endpoint)
    sent = WebhookDelivery.objects.get()
    one = f"{LIST}/{endpoint.id}"
    pages = (LIST, one, f"{one}/activity", f"{one}/deliveries/{sent.id}", "/settings/events")
    verbs = ("edit", "pause", "resume", "secret", "delete", "restore", "test", "replay", f"deliveries/{sent.id}/retry")
    for who, status in (("boss", 200), ("agent", 403)):
        for address in pages:
            assert client_of(who).get(address).status_code == status, (who, address)
        for verb in verbs:
            assert client_of(who).post(f"{one}/{verb}", {"since": "2026-01-01T00:00"}).status_code == 403, (who, verb)
        assert client_of(who).post(f"{LIST}/new", {"url": "https://a.example/", "types": "*"}).status_code == 403


def test_the_catalogue_tells_of_every_event_with_an_example(world: World, client_of: SignedIn) -> None:
    made(["party.created"])
    page = client_of("admin").get("/settings/events").text
    assert '<details id="party.created">' in page
    assert "&quot;specversion&quot;: &quot;1.0&quot;" in page
    assert "1 webhook" in page
    assert "sample." not in page


def test_the_list_asks_few_queries_however_many_there_are(
    world: World, client_of: SignedIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(20):
        made()
    relay_batch()
    client = client_of("admin")
    client.get(LIST)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(LIST)
