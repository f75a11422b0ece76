"""The hours of the house are set in the settings, as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from filo.foundation.hours.models import BusinessCalendar, ClosedDay
from filo.foundation.hours.written import Unreadable, days_read, spans_read
from filo.testing.clients import CheckedClient

ClientOf = Callable[[str], CheckedClient]
WEEK = {f"day_{number}": "9-13, 14:30-18.30" if number < 5 else "" for number in range(7)}
TYPED = {"name": "Assistenza", "time_zone": "Europe/Rome", "country": "it", "region": "mi", **WEEK}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("9-13", [["09:00", "13:00"]]),
        ("09:00-13:00, 14:30–18.30", [["09:00", "13:00"], ["14:30", "18:30"]]),
        ("13-9", None),
        ("9-13, 12-18", None),
        ("mattina", None),
        ("9-25", None),
    ],
)
def test_spans_as_people_write_them(text: str, read: list[list[str]] | None) -> None:
    if read is None:
        with pytest.raises(Unreadable):
            spans_read(text)
    else:
        assert spans_read(text) == read


def test_days_as_people_write_them() -> None:
    assert days_read("24/12/2026 Vigilia\n\n2026-12-31") == {date(2026, 12, 24): "Vigilia", date(2026, 12, 31): ""}
    with pytest.raises(Unreadable):
        days_read("domani")
    with pytest.raises(Unreadable):
        days_read("2026-02-30")


@pytest.mark.django_db
def test_a_calendar_is_made_changed_and_made_that_of_the_house(client_of: ClientOf) -> None:
    admin = client_of("admin")
    assert admin.post("/settings/hours/new", TYPED | {"closed": "2026-12-24 Vigilia"}).status_code == 302
    made = BusinessCalendar.objects.get()
    assert (made.standard, made.week["0"], made.week["6"]) == (True, [["09:00", "13:00"], ["14:30", "18:30"]], [])
    assert ClosedDay.objects.get().name == "Vigilia"
    assert admin.post("/settings/hours/new", TYPED | {"name": "Negozio"}).status_code == 302
    other = BusinessCalendar.objects.get(name="Negozio")
    assert admin.post(f"/settings/hours/{other.id}/standard").status_code == 302
    assert BusinessCalendar.objects.get(standard=True) == other
    assert admin.post(f"/settings/hours/{made.id}", TYPED | {"closed": ""}).status_code == 302
    assert ClosedDay.objects.count() == 0
    page = admin.get("/settings/hours").content.decode()
    assert ("Sant" in page, "09:00-13:00, 14:30-18:30" in page) == (True, True)  # Milan's patron among the holidays


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [("time_zone", "Rome"), ("country", "xx"), ("region", "zz"), ("day_0", "sempre"), ("closed", "domani")],
)
def test_what_cannot_be_kept_stays_typed(client_of: ClientOf, name: str, value: str) -> None:
    answer = client_of("admin").post("/settings/hours/new", TYPED | {name: value})
    assert answer.status_code == 422
    assert BusinessCalendar.objects.count() == 0


@pytest.mark.django_db
def test_others_do_not_change_hours(client_of: ClientOf) -> None:
    assert client_of("agent").get("/settings/hours").status_code == 403
    assert client_of("agent").post("/settings/hours/new", TYPED).status_code == 403
