"""A call in the browser: it shows who calls while it rings, and the note that is asked for afterwards is saved."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

pytestmark = pytest.mark.browser
NUMBER, OTHER = "+390255512345", "+390299988877"
SET_UP = """
from django.db import transaction
from filo.collaborative.telephony.queries.exchanges import exchange_of
from filo.collaborative.telephony.services import keep_line, keep_seat
from filo.foundation.access.principal import system
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
inside = User.objects.select_related("role", "unit").get(email="inside@aurora.example")
party = Party.objects.get(pk=OWN)
line = keep_line(system("test"), None, name="Sede", kind="exchange")
keep_seat(principal_of(inside), way="line", line=line, extension="201")
make_ready_outcomes()
points = {"contact_points": [{"type": "phone", "value": NUMBER}]}
with transaction.atomic():
    edit_party(system("test"), party, points, version=party.version)
open(PATH, "w").write(f"{line.pk} {exchange_of(line).secret}")
"""


@pytest.fixture
def tells(site: Any, tmp_path: Any) -> Any:
    """The exchange: what it is told to say it posts, signed, over HTTP."""
    path = tmp_path / "line"
    own = site.ids["own"]
    site.running.python(f"PATH, OWN, NUMBER = {str(path)!r}, {own!r}, {NUMBER!r}\n{SET_UP}")
    line, secret = path.read_text().split()
    outside = site.browser.new_context()

    def post(call: str, event: str, number: str = NUMBER) -> None:
        said = {"call": call, "event": event, "direction": "in", "from": number, "extension": "201"}
        body = json.dumps(said | {"at": datetime.now(UTC).isoformat()}).encode()
        moment = str(int(time.time()))
        signed = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Filo-Signature": f"t={moment},v1={signed}"}
        assert outside.request.post(f"{site.address}/p/phone/{line}", data=body, headers=headers).ok

    yield post
    outside.close()


def test_who_calls_is_shown_at_once_and_the_note_is_saved_in_two_clicks(site: Any, opened: Any, tells: Any) -> None:
    page = opened("inside").page
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    tells("c1", "ringing")
    began = time.monotonic()
    pop = page.locator(".phone-pop[data-state=ringing]")
    pop.locator(f"a[href='/parties/{site.ids['own']}']").first.wait_for()
    assert time.monotonic() - began < 5, "within a second; a machine with other work is given more"
    tells("c1", "answered")
    page.locator(".phone-pop[data-state=talking]").wait_for()
    tells("c1", "ended")
    note = page.locator("dialog.wrap-up")
    note.locator("textarea").fill("Vuole i campioni")
    page.wait_for_timeout(50)
    page.keyboard.press("Escape")
    note.wait_for(state="detached")
    tells("c2", "ringing", OTHER)  # another call leaves the note where it is: put away
    page.locator(".phone-pop[data-state=ringing]").wait_for()
    assert note.count() == 0
    page.locator(".phone-pop [data-hide]").click()
    assert not page.locator(".phone-pop[data-state=ringing]").is_visible()
    page.goto(site.address)
    page.locator("#calls-waiting a").first.click()
    assert note.locator("textarea").input_value() == "Vuole i campioni"
    note.locator("label.chip").first.click()
    note.locator("button[data-kind=main]").click()
    note.wait_for(state="detached")
    page.goto(site.at("/parties/{own}"))
    page.get_by_text("Vuole i campioni").first.wait_for()
