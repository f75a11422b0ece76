"""Two workers that look at the same moment send one mail, and keep to what a customer may get in a day."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from filo.collaborative.sequences.models import SequenceMail
from filo.collaborative.sequences.tests.writing import TUESDAY, sends, sequence, started, talk_with
from filo.foundation.mail.models import OutgoingMail
from filo.testing.world import World


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail_a_day(world: World) -> None:
    talk = talk_with(world)
    for name in ("a", "b"):
        started(world, talk, sequence(name))
    together = Barrier(3)

    def work() -> None:
        together.wait()
        try:
            sends(TUESDAY)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (SequenceMail.objects.count(), OutgoingMail.objects.count()) == (1, 1)
