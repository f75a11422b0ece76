"""What is typed about sequences: the sequence, and its mails in their order."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Listed
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.sequences.models import Sequence, SequenceStep
from filo.collaborative.sequences.services.writing import StepFacts
from filo.foundation.web.forms import FiloForm

MOST_STEPS, LONGEST = 20, 20_000
NAMES = ("after_days", "subject_it", "text_it", "subject_en", "text_en")


class SequenceForm(FiloForm):
    """The sequence itself."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=120)
    mailbox = forms.ChoiceField(
        label=gettext_lazy("From which mailbox"),
        required=False,
        help_text=gettext_lazy("For a new conversation; in one that is there it is the one he wrote to."),
    )
    active = forms.BooleanField(label=pgettext_lazy("a sequence", "In use"), required=False, initial=True)
    mine = forms.BooleanField(label=gettext_lazy("Only for me"), required=False)

    def __init__(self, mailboxes: Listed[Mailbox], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mailboxes = {str(one.pk): one for one in mailboxes}
        own = [("", _("The mailbox of whoever starts it"))]
        self.fields["mailbox"].choices = own + [(key, one.address) for key, one in self.mailboxes.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Mailbox | None:
        """The mailbox, once the form is valid."""
        return self.mailboxes.get(self.cleaned_data["mailbox"])

    @staticmethod
    def of(sequence: Sequence) -> dict[str, object]:
        """What the form begins with."""
        box, mine = str(sequence.mailbox_id or ""), sequence.owner_id is not None
        return {"name": sequence.name, "mailbox": box, "active": sequence.active, "mine": mine}


class StepForm(FiloForm):
    """One mail."""

    after_days = forms.IntegerField(label=gettext_lazy("After how many working days"), min_value=0, max_value=365)
    subject_it = forms.CharField(label=gettext_lazy("Subject"), max_length=300, required=False)
    text_it = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 7}), required=False, max_length=LONGEST
    )
    subject_en = forms.CharField(label=gettext_lazy("Subject"), max_length=300, required=False)
    text_en = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 7}), required=False, max_length=LONGEST
    )

    def clean(self) -> dict[str, Any]:
        """At least one language, and each with its subject."""
        found = super().clean() or self.cleaned_data
        if not (found.get("text_it") or found.get("text_en")):
            raise ValidationError(_("Write the text in at least one language."))
        for language in ("it", "en"):
            if bool(found.get(f"text_{language}")) != bool(found.get(f"subject_{language}")):
                self.add_error(f"subject_{language}", _("A mail has a subject and a text."))
        return found

    @property
    def facts(self) -> StepFacts:
        """The step, once the form is valid."""
        return StepFacts(**{name: self.cleaned_data[name] for name in NAMES})


def prefix_of(place: int) -> str:
    """What the names of a step's fields begin with."""
    return f"step-{place}"


def typed_steps(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps as they were typed, in their order; `steps` says how many there are."""
    raw = str(data.get("steps", "0"))
    count = min(int(raw), MOST_STEPS) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
    return [{name: data.get(f"{prefix_of(place)}-{name}", "") for name in NAMES} for place in range(count)]


def stored_steps(steps: Listed[SequenceStep]) -> list[dict[str, Any]]:
    """The same, of what is kept."""
    return [{name: getattr(step, name) for name in NAMES} for step in steps] or [{"after_days": 0}]


def rearranged(steps: list[dict[str, Any]], act: str) -> tuple[list[dict[str, Any]], int]:
    """The steps after one was added, removed or moved ("add", "remove-2", "up-2", "down-0"); gives where to go on."""
    what, _dash, raw = act.partition("-")
    place = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else len(steps)
    if what == "add" and len(steps) < MOST_STEPS:
        return [*steps, {"after_days": 3 if steps else 0}], len(steps)
    if what == "remove" and place < len(steps):
        return steps[:place] + steps[place + 1 :], max(0, place - 1)
    other = place - 1 if what == "up" else place + 1
    if what in ("up", "down") and place < len(steps) and 0 <= other < len(steps):
        moved = list(steps)
        moved[place], moved[other] = moved[other], moved[place]
        return moved, other
    return steps, min(place, max(0, len(steps) - 1))
