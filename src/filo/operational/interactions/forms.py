"""What people type about an interaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.web.forms import FiloForm
from filo.operational.interactions.calling import WrapUp
from filo.operational.interactions.models import CHANNELS, DIRECTIONS, MEANINGS, Outcome
from filo.operational.interactions.queries import outcome_coded
from filo.operational.parties.models import Party

COMPOSED = [pair for pair in CHANNELS if pair[0] in ("note", "call", "meeting", "letter", "fax")]
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class InteractionForm(FiloForm):
    """Date, channel, actors, subject, outcome, and what is to be done next."""

    channel = forms.ChoiceField(choices=CHANNELS, initial="note")
    direction = forms.ChoiceField(label=_("Who began?"), choices=[("", "–"), *DIRECTIONS], required=False)
    at = forms.DateTimeField(
        label=_("When"), required=False, widget=MOMENT, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=1440)
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=40,
        help_text=_("That was called, or that a fax came from or went to."),
    )
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    outcome = forms.CharField(label=_("Outcome"), required=False, max_length=40)
    body = forms.CharField(label=_("What happened?"), required=False, widget=forms.Textarea({"rows": 3}))
    colleagues = forms.ModelMultipleChoiceField(
        label=_("Colleagues who took part"), queryset=User.objects.none(), required=False
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Who else took part"),
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    next_title = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_due = forms.DateField(label=_("By"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Party] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["people"]
        else:
            self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["colleagues"].queryset = active_people()  # type: ignore[attr-defined]

    def clean_outcome(self) -> Outcome | None:
        """The composer sends `channel:code`, so that each channel can have its own choices."""
        channel, _colon, code = str(self.cleaned_data["outcome"]).rpartition(":")
        wanted = str(self.cleaned_data.get("channel", ""))
        if channel and channel != wanted:
            return None
        found = outcome_coded(wanted, code)
        if code and found is None:
            raise forms.ValidationError(_("There is no such outcome."))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """What `log_interaction` takes."""
        found = self.cleaned_data
        at: datetime | None = found["at"]
        return {
            "channel": found["channel"],
            "direction": found["direction"],
            "at": at,
            "minutes": found["minutes"],
            "subject": found["subject"],
            "outcome": found["outcome"],
            "body": found["body"],
        }


class WrapUpForm(FiloForm):
    """How a call ended, what was said, and what is next. `next_when` is a day offered; `next_due` any other."""

    outcome = forms.CharField(label=_("Outcome"), required=False, max_length=40)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    body = forms.CharField(label=_("What was said?"), required=False, widget=forms.Textarea({"rows": 4}))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=1440)
    next_title = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_when = forms.DateField(required=False)
    next_due = forms.DateField(
        label=_("Another day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_outcome(self) -> Outcome | None:
        """An outcome of calls."""
        code = str(self.cleaned_data["outcome"])
        found = outcome_coded("call", code)
        if code and found is None:
            raise forms.ValidationError(_("There is no such outcome."))
        return found

    @property
    def said(self) -> WrapUp:
        """What the verbs take; what is wrong is left out, so that a draft keeps the rest."""
        found = self.cleaned_data
        return WrapUp(
            outcome=found.get("outcome"),
            subject=found.get("subject") or "",
            body=found.get("body") or "",
            minutes=found.get("minutes"),
            next_title=found.get("next_title") or "",
            next_due=found.get("next_due") or found.get("next_when"),
        )


class OutcomeForm(FiloForm):
    """How an interaction can end, in both languages, and what that means to the stage."""

    channel = forms.ChoiceField(label=_("Channel"), choices=[pair for pair in CHANNELS if pair[0] != "note"])
    label_it = forms.CharField(label=_("In Italian"), max_length=80)
    label_en = forms.CharField(label=_("In English"), max_length=80, required=False)
    means = forms.ChoiceField(
        label=_("What it means"),
        choices=MEANINGS,
        required=False,
        help_text=_("Interest after a first contact, or asking for an offer, makes a prospect by itself."),
    )
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, of: Outcome | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of:
            del self.fields["channel"]
        else:
            del self.fields["active"]
