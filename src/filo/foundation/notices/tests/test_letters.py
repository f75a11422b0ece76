"""By mail comes what nobody read in time: once, in one letter, in the reader's language, outside of the quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.test import Client

from filo.foundation import clock
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.notices.models import NoticeRhythm
from filo.foundation.notices.services.choosing import choose
from filo.foundation.notices.services.digesting import send_digests
from filo.foundation.notices.services.letters import send_due
from filo.foundation.notices.services.reading import read_all
from filo.foundation.notices.tests.giving import give
from filo.testing.world import World

EVENING = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # half past ten in Rome
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def quiet_nights(world: World, *, by_mail: tuple[str, ...] = ("party.given",), digest: str = "none") -> None:
    choose(
        world.principal("agent"),
        by_mail=by_mail,
        by_browser=(),
        quiet_from=time(22),
        quiet_until=time(7),
        quiet_days=range(7),
        digest=digest,
    )


def letters() -> list[str]:
    return list(OutgoingMail.objects.order_by("created_at").values_list("subject", flat=True))


def test_what_nobody_read_goes_in_one_letter_and_goes_once(world: World) -> None:
    give(world, "own", "agent")
    give(world, "shared", "agent")
    assert send_due() == 0
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert (send_due(), send_due()) == (1, 0)
        give(world, "own", "agent")
    with clock.at(clock.now() + timedelta(minutes=9)):
        assert send_due() == 0
    assert letters() == ["Filo: 2 avvisi per te"]
    text = OutgoingMail.objects.get().text
    assert "Manager ti ha affidato un cliente: Lanificio Bassi S.r.l." in text
    assert f"/parties/{world.parties['own'].id}" in text


def test_who_was_there_and_read_it_gets_no_letter(world: World) -> None:
    give(world, "own", "agent")
    read_all(world.principal("agent"))
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert send_due() == 0


def test_at_night_it_waits_for_the_morning(world: World) -> None:
    quiet_nights(world)
    with clock.at(EVENING):
        give(world, "own", "agent")
    with clock.at(EVENING + timedelta(hours=1)):
        assert send_due() == 0
    with clock.at(MORNING):
        assert send_due() == 1


def test_quiet_hours_that_were_chosen_meanwhile_count(world: World) -> None:
    with clock.at(EVENING - timedelta(minutes=31)):
        give(world, "own", "agent")
    quiet_nights(world)
    with clock.at(EVENING):
        assert send_due() == 0
    with clock.at(MORNING):
        assert send_due() == 1


def test_a_kind_that_one_does_not_want_by_mail_stays_at_the_bell(world: World) -> None:
    quiet_nights(world, by_mail=())
    give(world, "own", "agent")
    with clock.at(clock.now() + timedelta(days=1)):
        assert send_due() == 0


def test_a_digest_tells_what_is_unread_once_a_day(world: World) -> None:
    with clock.at(EVENING):
        quiet_nights(world, by_mail=(), digest="daily")
        give(world, "own", "agent")
    at_eight = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    with clock.at(at_eight - timedelta(minutes=1)):
        assert send_digests() == 0
    with clock.at(at_eight):
        assert (send_digests(), send_digests()) == (1, 0)
    with clock.at(at_eight + timedelta(days=1)):
        read_all(world.principal("agent"))
        assert send_digests() == 0
    (mail,) = OutgoingMail.objects.all()
    assert mail.subject == "Filo: la tua giornata, martedì 24 novembre"
    assert "Novità per te: http://localhost:8000/notices" in mail.text
    assert "Manager ti ha affidato un cliente: Lanificio Bassi S.r.l." in mail.text


def test_what_the_digest_told_does_not_come_by_mail_again(world: World) -> None:
    with clock.at(EVENING - timedelta(hours=5)):
        choose_digest(world, "daily", time(17, 36))  # a minute after the notice, one before its mail
        give(world, "own", "agent")
    with clock.at(EVENING - timedelta(hours=4, minutes=54)):
        assert (send_digests(), send_due()) == (1, 0)


def choose_digest(world: World, rhythm: str, at: time) -> None:
    choose(
        world.principal("agent"),
        by_mail=("party.given",),
        by_browser=(),
        quiet_from=None,
        quiet_until=None,
        quiet_days=(),
        digest=rhythm,
        digest_time=at,
    )


def test_it_comes_on_days_of_work_at_the_time_that_was_chosen(world: World) -> None:
    with clock.at(datetime(2026, 12, 4, 12, 0, tzinfo=UTC)):  # Friday, before the Immacolata on Tuesday
        choose_digest(world, "daily", time(7, 15))
        give(world, "own", "agent")
    moments = [NoticeRhythm.objects.get().digest_at]
    for _time in range(2):
        due = moments[-1]
        assert due is not None
        with clock.at(due):
            assert send_digests() == 1
        moments.append(NoticeRhythm.objects.get().digest_at)
    assert moments == [datetime(2026, 12, day, 6, 15, tzinfo=UTC) for day in (7, 9, 10)]


def test_one_press_ends_it_and_opening_the_link_does_not(world: World) -> None:
    with clock.at(EVENING):
        choose_digest(world, "daily", time(8))
        give(world, "own", "agent")
    with clock.at(MORNING + timedelta(hours=1)):
        assert send_digests() == 1
    mail = OutgoingMail.objects.get()
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail.headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert link in mail.text
    stranger = Client(enforce_csrf_checks=True)
    assert "Niente più riepilogo" in stranger.get(link).content.decode()
    assert NoticeRhythm.objects.get().digest == "daily"
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    rhythm = NoticeRhythm.objects.get()
    assert (rhythm.digest, rhythm.digest_at) == ("none", None)
    assert stranger.post(link).status_code == 200
    assert stranger.post(f"{link}x").status_code == 404
