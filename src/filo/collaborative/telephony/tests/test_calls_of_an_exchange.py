"""An exchange tells of calls: who may hear sees who calls, the clock runs by itself, and nothing forged counts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from django.utils import timezone

from filo.collaborative.telephony.models import PhoneCall, PhoneLine
from filo.collaborative.telephony.providers.exchange.signing import check_signature, signature_of
from filo.collaborative.telephony.providers.twilio.signing import signature_of as twilio_signature_of
from filo.collaborative.telephony.queries.exchanges import exchange_of, hook_of
from filo.collaborative.telephony.services import keep_line, keep_seat
from filo.foundation.access.principal import system
from filo.foundation.egress import networks
from filo.foundation.events.services import relay_batch
from filo.operational.activities.models import Task
from filo.operational.exports.tests.taking import rows
from filo.operational.interactions.models import Call
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.services.editing import edit_party
from filo.operational.service.models import GroupMember
from filo.operational.service.tests.desk import Desk, desk_of
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., CheckedClient]
NUMBER = "+390255512345"


def number_on(party: Party, number: str = NUMBER) -> None:
    edit_party(system("test"), party, {"contact_points": [{"type": "phone", "value": number}]}, version=party.version)


def line_of(desk: Desk, **facts: Any) -> PhoneLine:
    return keep_line(desk.world.principal("admin"), None, name="Sede", **({"kind": "exchange"} | facts))


@pytest.fixture
def desk(world: World) -> Desk:
    """A group with its people."""
    return desk_of(world)


@pytest.fixture
def line(desk: Desk) -> PhoneLine:
    """An exchange whose calls ring for the desk; the agent sits at 201."""
    found = line_of(desk, group=desk.group)
    keep_seat(desk.world.principal("operator"), way="line", line=found, extension="201")
    number_on(desk.world.parties["own"])
    return found


def told(line: PhoneLine, event: str, *, status: int = 200, number: str = NUMBER, **more: Any) -> bytes:
    """The exchange posts a message."""
    said = {"call": "c1", "event": event, "direction": "in", "from": number, "at": timezone.now().isoformat(), **more}
    body = json.dumps(said).encode()
    signature = signature_of(exchange_of(line).secret, body, moment=int(timezone.now().timestamp()))
    answer = Client().post(
        f"/p/phone/{line.pk}", body, content_type="application/json", headers={"X-Filo-Signature": signature}
    )
    assert answer.status_code == status, answer.content
    return bytes(answer.content)


def test_who_calls_is_shown_and_the_clock_runs_by_itself(line: PhoneLine, client_of: ClientOf) -> None:
    client = client_of("operator")
    assert json.loads(told(line, "ringing"))["ring"] == ["201"]
    shown = client.get("/phone/now").content.decode()
    assert ("Squilla" in shown, "/parties/" in shown) == (True, True)
    told(line, "answered", extension="201")
    assert "Sta parlando con" in client.get("/phone/now").content.decode()
    assert Call.objects.get().state == "running"
    told(line, "ended")
    call = Call.objects.get()
    assert (call.state, call.number) == ("ended", NUMBER)
    assert f"/calls/{call.pk}" in client.get("/phone/now").content.decode()  # the note is asked for
    assert PhoneCall.objects.get().state == "ended"


def test_a_call_never_goes_back(line: PhoneLine) -> None:
    told(line, "ended")
    for late in ("answered", "ringing", "ended"):
        told(line, late, extension="201")
    assert (PhoneCall.objects.get().state, Call.objects.count()) == ("missed", 0)
    missed = TimelineEntry.objects.filter(kind="phone.missed-in")
    assert [entry.actor_name for entry in missed] == [PhoneCall.objects.get().party.display_name]  # type: ignore[union-attr]


def test_what_is_not_signed_or_too_old_is_kept_nowhere(line: PhoneLine) -> None:
    body = json.dumps({"call": "x", "event": "ringing", "at": timezone.now().isoformat()}).encode()
    secret, moment = exchange_of(line).secret, int(timezone.now().timestamp())
    good = signature_of(secret, body, moment=moment)
    for forged in ("", "t=1,v1=", good[:-1] + ("0" if good[-1] != "0" else "1"), f"t={moment},v1=äö"):
        post = Client().post(f"/p/phone/{line.pk}", body, content_type="application/json", headers={})
        assert post.status_code == 400
        headers = {"X-Filo-Signature": forged.encode().decode("latin-1")}
        post = Client().post(f"/p/phone/{line.pk}", body, content_type="application/json", headers=headers)
        assert post.status_code == 400
    for stale in (moment - 400, moment + 400):
        headers = {"X-Filo-Signature": signature_of(secret, body, moment=stale)}
        post = Client().post(f"/p/phone/{line.pk}", body, content_type="application/json", headers=headers)
        assert (post.status_code, post.content) == (400, b"too-old")
    told(line, "dancing", status=400)
    assert Client().post(f"/p/phone/{uuid.uuid4()}", body, content_type="application/json").status_code == 404
    assert PhoneCall.objects.count() == 0


def test_what_was_recorded_is_for_those_who_see_the_customer(line: PhoneLine, desk: Desk, client_of: ClientOf) -> None:
    address = "https://example.com/a.mp3"
    told(line, "ringing", recording=address)
    assert address in client_of("operator").get("/phone").content.decode()
    GroupMember.objects.create(group=desk.group, user=desk.world.people["stranger"])
    page = client_of("stranger").get("/phone").content.decode()
    assert ("5551" in page.replace(" ", ""), address in page) == (True, False)


def test_a_customer_that_one_does_not_see_is_only_a_number(line: PhoneLine, desk: Desk, client_of: ClientOf) -> None:
    told(line, "ringing")
    name = desk.world.parties["own"].display_name
    assert name in client_of("operator").get("/phone/now").content.decode()
    stranger = client_of("stranger")
    page = stranger.get("/phone")
    assert name not in page.content.decode()


def test_a_number_of_several_is_asked_and_a_withheld_one_is_said(
    line: PhoneLine, desk: Desk, client_of: ClientOf
) -> None:
    number_on(desk.world.parties["teammates"])
    client = client_of("operator")
    told(line, "ringing")
    told(line, "answered", extension="201")
    assert Call.objects.count() == 0
    shown = client.get("/phone/now").content.decode()
    assert shown.count("È questo cliente") == 2
    call = PhoneCall.objects.get()
    assert client.post(f"/phone/{call.pk}/party", {"party": desk.world.parties["teammates"].pk}).status_code == 302
    assert Call.objects.get().party_id == desk.world.parties["teammates"].pk
    told(line, "ringing", call="c2", number="")
    assert "non mostra il numero" in client.get("/phone/now").content.decode()


class Exchange(BaseHTTPRequestHandler):
    """An exchange that is asked for calls: it keeps what it was asked, and answers as it is told."""

    asked: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answers: ClassVar[tuple[int, bytes]] = (200, b'{"call": "out-1"}')

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.answers[0])
        self.end_headers()
        self.wfile.write(self.answers[1])

    def log_message(self, *_args: Any) -> None: ...


@pytest.fixture
def api(settings: Any) -> Any:
    """Where an exchange is asked for calls."""
    settings.EGRESS_ALLOW = networks("127.0.0.0/8")
    Exchange.asked, Exchange.answers = [], (200, b'{"call": "out-1"}')
    server = HTTPServer(("127.0.0.1", 0), Exchange)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_click_has_the_exchange_call(desk: Desk, api: str, client_of: ClientOf) -> None:
    line = line_of(desk, base=api, number="02 8765432")
    client, party = client_of("operator"), desk.world.parties["own"]
    page = client.post("/phone/call", {"number": "02 55512345", "party": party.pk})
    assert page.status_code == 302
    assert not Exchange.asked  # nobody said at which telephone he sits
    keep_seat(desk.world.principal("operator"), way="line", line=line, extension="201")
    client.post("/phone/call", {"number": "02 55512345", "party": party.pk})
    headers, body = Exchange.asked[0]
    check_signature(exchange_of(line).secret, headers["x-filo-signature"], body, now=timezone.now())
    assert (json.loads(body)["to"], json.loads(body)["extension"]) == (NUMBER, "201")
    told(line, "answered", call="out-1", direction="out", to=NUMBER, extension="201")
    call = Call.objects.get()
    assert (call.direction, call.party_id) == ("out", party.pk)


def test_an_exchange_that_is_away_loses_nothing(desk: Desk, api: str, client_of: ClientOf) -> None:
    line = line_of(desk, base=api)
    keep_seat(desk.world.principal("operator"), way="line", line=line, extension="201")
    for answer in ((500, b""), (200, b"hello")):
        Exchange.answers = answer
        fragment = client_of("operator").post("/phone/call", {"number": NUMBER}, headers={"HX-Request": "true"})
        assert "Componga il numero da sé" in fragment.content.decode()
    assert PhoneCall.objects.count() == 0


def test_twilio_in_its_documented_form(desk: Desk, api: str, client_of: ClientOf) -> None:
    line = line_of(desk, kind="twilio", account="AC1", secret="token", base=api, number=NUMBER, group=desk.group)
    keep_seat(desk.world.principal("operator"), way="line", line=line, extension="sip:laura@example.it")
    number_on(desk.world.parties["own"], "+393331234567")

    def posts(token: str = "token", **fields: str) -> Any:
        pairs = {"CallSid": "CA1", "AccountSid": "AC1", "From": "+393331234567", "To": NUMBER} | fields
        headers = {"X-Twilio-Signature": twilio_signature_of(token, hook_of(line), pairs.items())}
        kind = "application/x-www-form-urlencoded"
        return Client().post(f"/p/phone/{line.pk}", urlencode(pairs), content_type=kind, headers=headers)

    assert posts(token="other", CallStatus="ringing", Direction="inbound").status_code == 400
    twiml = posts(CallStatus="ringing", Direction="inbound").content.decode()
    assert ("<Dial" in twiml, "sip:laura@example.it</Sip>" in twiml) == (True, True)
    leg = {"CallSid": "CA2", "ParentCallSid": "CA1", "Direction": "outbound-dial", "To": "sip:laura@example.it"}
    posts(**leg, CallStatus="in-progress")
    posts(**leg, CallStatus="completed")
    assert PhoneCall.objects.get().state == "talking"  # one telephone that is done is not the end of the call
    posts(CallStatus="completed", Direction="inbound")
    call = PhoneCall.objects.get()
    assert (call.state, call.person.email, call.number) == (  # type: ignore[union-attr]
        "ended",
        desk.world.people["operator"].email,
        "+393331234567",
    )
    Exchange.answers = (201, b'{"sid": "CA9"}')
    client_of("operator").post("/phone/call", {"number": "+393331234567"})
    headers, body = Exchange.asked[0]
    asked = dict(parse_qsl(body.decode()))
    assert (asked["To"], headers["authorization"].startswith("Basic ")) == ("sip:laura@example.it", True)
    assert "<Number>+393331234567</Number>" in asked["Twiml"]


def test_a_call_stands_once_on_the_card(line: PhoneLine, desk: Desk, client_of: ClientOf) -> None:
    told(line, "answered", extension="201", recording="https://example.com/a.mp3")
    told(line, "ended")
    kinds = TimelineEntry.objects.filter(channel="call", party=desk.world.parties["own"]).values_list("kind", flat=True)
    assert list(kinds.filter(reference_kind="phone-call")) == ["phone.spoken-in"]
    said = {"body": "Vuole il catalogo", "next_title": "Mandare il catalogo", "next_due": "2026-12-04"}
    api, (row,) = api_of(desk.world, "operator"), PhoneCall.objects.all()
    assert api_of(desk.world, "stranger").send(f"/calls/{row.pk}/wrap-up", said).status_code == 404
    for _twice in range(2):
        assert api.send(f"/calls/{row.pk}/wrap-up", said).json()["interaction"] is not None
    relay_batch()
    (entry,) = TimelineEntry.objects.filter(party=desk.world.parties["own"], channel="call", at__gte=row.began_at)
    assert (entry.kind, Task.objects.get(title="Mandare il catalogo").kind) == ("interaction.call", "task")
    page = client_of("operator").get(f"/interactions/{entry.reference_id}").content.decode()
    assert "https://example.com/a.mp3" in page


def test_that_somebody_had_lifted_is_learned_after_the_end(line: PhoneLine) -> None:
    began = timezone.now() - timedelta(minutes=5)
    told(line, "ringing", at=began.isoformat())
    told(line, "ended", at=(began + timedelta(minutes=4)).isoformat())
    assert TimelineEntry.objects.filter(kind="phone.missed-in").exists()
    told(line, "answered", extension="201", at=(began + timedelta(minutes=1)).isoformat())
    call = PhoneCall.objects.get()
    assert (call.state, call.seconds, Call.objects.get().state) == ("ended", 180, "ended")
    assert [one.kind for one in TimelineEntry.objects.filter(reference_kind="phone-call")] == ["phone.spoken-in"]


def test_a_number_that_gets_a_card_has_its_call(line: PhoneLine, desk: Desk, client_of: ClientOf) -> None:
    for event in ("ringing", "answered", "ended"):
        told(line, event, number="+390299988877", extension="201")
    assert "/parties/new?phone=%2B390299988877" in client_of("operator").get("/phone/now").content.decode()
    number_on(desk.world.parties["shared"], "+390299988877")
    relay_batch()
    assert PhoneCall.objects.get().party == Call.objects.get().party == desk.world.parties["shared"]
    told(line, "ringing", call="c2", number="201")  # a telephone of the house
    assert "201" in client_of("operator").get("/phone/now").content.decode()


def test_a_list_of_calls_is_taken_out(line: PhoneLine, desk: Desk, client_of: ClientOf) -> None:
    told(line, "ended", recording="https://example.com/a.mp3")
    told(line, "ringing", call="c2", number="+390299988877")
    page = client_of("admin").get("/phone?state=missed").content.decode()
    assert "what=calls&amp;query=state%3Dmissed" in page
    operator = desk.world.people["operator"].pk
    assert "Nessuna chiamata" in client_of("admin").get(f"/phone?person={operator}").content.decode()
    missed = {"field": "state", "op": "is", "value": "missed"}
    [row] = rows(desk.world.principal("admin"), "calls", tree=missed)
    assert (row["Numero"], row["Registrazione"]) == (f"'{NUMBER}", "https://example.com/a.mp3")


def test_a_flood_of_forgeries_is_slowed_down(line: PhoneLine) -> None:
    answers = [Client().post(f"/p/phone/{line.pk}", b"{}", content_type="application/json") for _time in range(61)]
    assert [one.status_code for one in answers[-2:]] == [400, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_calls_at_the_api(line: PhoneLine, desk: Desk) -> None:
    told(line, "ringing", recording="https://example.com/a.mp3")
    api = api_of(desk.world, "operator")
    (row,) = api.read("/calls").json()["items"]
    assert (row["state"], row["number"], row["party"]) == ("ringing", NUMBER, str(desk.world.parties["own"].pk))
    assert api.read(f"/calls/{row['id']}").json()["recording"] == "https://example.com/a.mp3"
    assert api_of(desk.world, "stranger").read(f"/calls/{row['id']}").status_code == 404
    assert api.send("/calls", {"number": "abc"}).status_code == 422


def test_a_call_for_no_group_and_nobody_is_listed(desk: Desk, client_of: ClientOf) -> None:
    line = line_of(desk)
    number_on(desk.world.parties["own"])
    told(line, "ringing")
    page = client_of("operator").get("/phone")
    assert page.status_code == 200
    assert "Lanificio Bassi" in page.content.decode()


def test_who_lifts_a_call_without_an_extension_is_told(line: PhoneLine, client_of: ClientOf) -> None:
    client = client_of("admin")
    typed = {"event": "answered", "call": "try-1", "number": "+39 089 123456"}
    assert (
        "non hai ancora un interno"
        in client.post(f"/settings/telephony/{line.pk}/try", typed, follow=True).content.decode()
    )
