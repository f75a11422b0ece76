"""A part that fell is started again: at once when it was killed, later and later when it cannot run."""

from __future__ import annotations

import signal
import time

from filo.config.supervisor import FIRST_PAUSE, LONGEST_PAUSE, Part


def ran_for(part: Part, seconds: float) -> Part:
    part.started_at = time.monotonic() - seconds
    return part


def test_who_is_killed_again_and_again_comes_back_at_once() -> None:
    part = Part("web", ())
    assert [ran_for(part, 2).put_off(-signal.SIGKILL) for _kill in range(6)] == [0.0] * 6


def test_what_ends_by_itself_as_soon_as_it_starts_is_tried_ever_less_often() -> None:
    part = Part("web", ())
    pauses = [ran_for(part, 2).put_off(1) for _failure in range(8)]
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pauses[-1] == LONGEST_PAUSE
    assert ran_for(part, 60).put_off(1) == 0.0
    assert ran_for(part, 0.2).put_off(1) == FIRST_PAUSE
