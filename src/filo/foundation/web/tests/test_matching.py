"""A command is found by the beginnings of its words, in both languages, with one slip; and called for a name."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy as _

from filo.foundation.web.commands import Command
from filo.foundation.web.matching import SURE, best, fit, split_phrase

TASKS = Command("t.tasks", _("Tasks"), "list-checks", "/tasks", words="vai apri go open")
IMPORT = Command("t.import", _("Import a file"), "upload", "/imports/new", words="nuovo new")
CALL = Command("t.call", _("Log a call"), "phone", "#", words="chiama telefona call", subject="party")
NOTE = Command("t.note", _("Write a note"), "pencil-line", "#", words="nota", subject="party")
ALL = [TASKS, IMPORT, CALL, NOTE]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tasks", TASKS),
        ("attivita", TASKS),
        ("Attività", TASKS),
        ("go to tasks", TASKS),
        ("atitvita", TASKS),  # two letters the wrong way round
        ("attivta", TASKS),  # one missing
        ("importa un file", IMPORT),
        ("file import", IMPORT),
        ("chiam", CALL),
        ("telefona", CALL),
    ],
)
def test_it_is_found_in_either_language(typed: str, found: Command) -> None:
    assert best(ALL, typed, most=1)[0][1] == found


@pytest.mark.parametrize("typed", ["rossi", "zz", "", "?!", "attivita rossi"])
def test_what_is_no_command_finds_none(typed: str) -> None:
    assert best(ALL, typed, most=9) == []


def test_three_letters_are_not_sure_to_mean_a_command() -> None:
    """A customer whose name begins so comes first then."""
    assert 0 < fit(TASKS, "tas") < SURE <= fit(TASKS, "task")


@pytest.mark.parametrize(
    ("typed", "called", "name"),
    [
        ("call rossi", [CALL], "rossi"),
        ("chiama Rossi Bianchi", [CALL], "Rossi Bianchi"),
        ("telefona a rossi", [CALL], "rossi"),
        ("log a call with D'Alò", [CALL], "D'Alò"),
        ("nota per rossi", [NOTE], "rossi"),
        ("rossi", [], ""),
        ("ca rossi", [], ""),  # two letters may be a name
        ("call r", [], ""),
    ],
)
def test_the_first_words_call_a_command_for_the_others(typed: str, called: list[Command], name: str) -> None:
    assert split_phrase([CALL, NOTE], typed) == (called, name)
