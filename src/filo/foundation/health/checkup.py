"""The registry of checks: each looks at one part of the house and says how it stands, and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

log = logging.getLogger(__name__)
Words = str | Promise


class Level(IntEnum):
    """How a part stands; the worst one is the verdict."""

    GOOD = 0
    WARN = 1
    BAD = 2

    @property
    def meaning(self) -> str:
        """Which of the meanings of colour it has (`data-mean`)."""
        return ("good", "warn", "bad")[self]

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return ("circle-check", "triangle-alert", "circle-alert")[self]

    @property
    def word(self) -> str:
        """Beside the colour, for whoever does not see it."""
        return (_("Good"), _("Keep an eye on it"), _("To be mended"))[self]


@dataclass(frozen=True)
class Finding:
    """One sentence, what to do about it, and figures as (what, how much)."""

    level: Level
    sentence: Words
    advice: Words = ""
    figures: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True)
class Check:
    """`look` may raise: then the part could not be looked at, and that is what is said. repair: mends what it found and
    gives how much, for `filo doctor --repair`.
    """

    code: str
    label: Words
    icon: str
    look: Callable[[], Finding]
    place: int = 50
    repair: Callable[[], int] | None = None


@dataclass(frozen=True)
class Checked:
    """A check with what it found."""

    check: Check
    finding: Finding


@dataclass(frozen=True)
class Risk:
    """One thing whose loss would stop the firm."""

    code: str
    title: Words
    sentence: Words
    advice: Words


_checks: dict[str, Check] = {}
_risks: dict[str, Callable[[], Risk | None]] = {}


def add_check(check: Check) -> None:
    """Make a check known, to *Health* and to `filo doctor`."""
    _checks[check.code] = check


def add_risk(code: str, look: Callable[[], Risk | None]) -> None:
    """Make a single point of failure known: `look` says whether this installation has it."""
    _risks[code] = look


def checks() -> list[Check]:
    """All that are known, in the order of their places."""
    return sorted(_checks.values(), key=lambda found: found.place)


def check_all() -> list[Checked]:
    """Every check with what it finds now."""
    return [Checked(check, _look(check)) for check in checks()]


def repair_all() -> dict[str, int]:
    """Have what can be mended mended; gives how much by the codes of the checks."""
    return {check.code: check.repair() for check in checks() if check.repair is not None}


def risks() -> list[Risk]:
    """The single points of failure of this installation, as far as they can be seen now."""
    found = []
    for code, look in _risks.items():
        try:
            found.append(look())
        except Exception as error:  # what needs the database cannot be seen without it
            log.info("the risk %s could not be looked at (%s)", code, type(error).__name__)
    return [risk for risk in found if risk is not None]


def verdict(found: list[Checked]) -> Finding:
    """All in one sentence: how many parts are wrong, and the first of them by name."""
    worst = max((one.finding.level for one in found), default=Level.GOOD)
    names = [str(one.check.label) for one in found if one.finding.level is worst]
    if worst is Level.GOOD:
        return Finding(worst, _("Everything works, and there is room."))
    sentence = (
        _("Something is broken: %(parts)s.")
        if worst is Level.BAD
        else _("Everything works; keep an eye on: %(parts)s.")
    )
    return Finding(worst, sentence % {"parts": ", ".join(names)})


def _look(check: Check) -> Finding:
    try:
        return check.look()
    except Exception as error:  # one check that breaks must not hide the others
        log.warning("the check %s could not be made (%s)", check.code, type(error).__name__)
        return Finding(
            Level.BAD,
            gettext_lazy("This could not be looked at."),
            gettext_lazy("The log of the server says why; most often the database does not answer."),
        )
