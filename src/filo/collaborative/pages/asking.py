"""The questions of a form on a page: written as lines, read into fields, and what a visitor answers to them.

One question a line. "*" at its end: it has to be answered. "…" at its end: room for a long answer. Answers to choose
from stand behind a colon, with commas between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.forms import WritesForm
from filo.collaborative.pages.models import title_in
from filo.foundation.folding import clean_line

MOST_QUESTIONS, MOST_CHOICES, LONGEST_QUESTION, LONGEST_ANSWER = 20, 30, 160, 2_000


@dataclass(frozen=True)
class Question:
    """choices: what can be answered, none for any words; long: more than a line."""

    label: str
    required: bool = False
    long: bool = False
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> tuple[bool, bool, int]:
        """What has to be alike in both languages."""
        return self.required, self.long, len(self.choices)


def questions_in(text: str) -> list[Question]:
    """The questions that these lines ask, in their order. Raises `ValueError` with a sentence."""
    lines = [clean_line(line, max_length=2_000) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_QUESTIONS:
        raise ValueError(_("Ask %(n)s questions at most.") % {"n": MOST_QUESTIONS})
    return [_question(line) for line in lines]


def _question(line: str) -> Question:
    bare = line.rstrip("* ")
    label, _colon, told = bare.partition(":")
    choices = tuple(one.strip() for one in told.split(",") if one.strip())
    long = not choices and label.endswith(("…", "..."))
    label = label.rstrip("….: ").strip() if not choices else label.strip()
    if not label or len(label) > LONGEST_QUESTION:
        raise ValueError(_("A question has between one and %(n)s letters.") % {"n": LONGEST_QUESTION})
    if len(choices) > MOST_CHOICES or len(choices) == 1 or any(len(one) > LONGEST_QUESTION for one in choices):
        raise ValueError(_("“%(question)s”: between two and %(n)s answers.") % {"question": label, "n": MOST_CHOICES})
    return Question(label, line.rstrip().endswith("*"), long, choices)


def questions_of(block: Mapping[str, Any]) -> list[Question]:
    """Those of a block that is kept, in the language of who reads; none for a block that only leads to a page."""
    return questions_in(title_in(str(block.get("ask_it", "")), str(block.get("ask_en", ""))))


class AskingForm(WritesForm):
    """Who writes, and what he answers to each question."""

    def __init__(self, questions: list[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"q{number}": one for number, one in enumerate(questions)}
        for name, one in self.questions.items():
            self.fields[name] = _field(one)
        self.order_fields([*self.questions, "name", "address", "website"])

    def told(self) -> str:
        """What was answered, a paragraph each; what was left out is not told."""
        answers = ((one.label, self.cleaned_data[name]) for name, one in self.questions.items())
        return "\n\n".join(f"{label}: {answer}" for label, answer in answers if answer)

    def shown(self) -> list[Any]:
        """The fields that a person sees."""
        return [self[name] for name in self.fields if name != "website"]


def _field(question: Question) -> forms.Field:
    if question.choices:
        choices = [("", "–"), *((one, one) for one in question.choices)]
        return forms.ChoiceField(label=question.label, required=question.required, choices=choices)
    widget = forms.Textarea({"rows": 4}) if question.long else forms.TextInput()
    return forms.CharField(label=question.label, required=question.required, max_length=LONGEST_ANSWER, widget=widget)
