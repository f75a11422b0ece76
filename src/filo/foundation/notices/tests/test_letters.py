"""By mail comes what nobody read in time: once, in one letter, in the reader's language, outside of the quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from filo.foundation import clock
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.notices.services.choosing import choose
from filo.foundation.notices.services.letters import send_digests, send_due
from filo.foundation.notices.services.reading import read_all
from filo.foundation.notices.tests.giving import give
from filo.testing.world import World

EVENING = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # half past ten in Rome
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def quiet_nights(world: World, *, by_mail: tuple[str, ...] = ("party.given",), digest: str = "none") -> None:
    choose(
        world.principal("agent"),
        by_mail=by_mail,
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
    assert letters() == ["Filo: 1 avviso non letto"]
