"""What is typed about rules of retention and holds."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from filo.foundation.keeping import KeptKind
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.privacy.words import days_of

UNITS = [("days", _("days")), ("months", _("months")), ("years", _("years"))]


class RuleForm(SettingsForm):
    """For how long the rows of a kind are kept, perhaps of one source or for one purpose only.

    `looked` is what the shown preview was about; a rule is saved when it is about what is typed.
    """

    source = forms.ChoiceField(label=_("From where"), required=False)
    purpose = forms.ChoiceField(label=_("What for"), required=False)
    amount = forms.IntegerField(label=_("Kept for"), min_value=1, max_value=36_500)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS)
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, kind: KeptKind, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, parts in (("source", kind.sources()), ("purpose", kind.purposes())):
            if parts and is_new:
                offered = [("", _("Any")), *((part.code, part.label) for part in parts)]
                self.fields[name].choices = offered  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    @property
    def days(self) -> int:
        """How many days were typed."""
        return days_of(self.cleaned_data["amount"], self.cleaned_data["unit"])

    @property
    def part(self) -> tuple[str, str]:
        """Source and purpose."""
        return self.cleaned_data.get("source", ""), self.cleaned_data.get("purpose", "")

    @property
    def stamp(self) -> str:
        """What a preview of this would be about."""
        return "|".join((*self.part, str(self.days)))

    def show(self) -> None:
        """Let what is typed stand with its preview: sent once more as it is, it is looked at."""
        data = cast("MultiValueDict[str, str]", self.data).copy()
        data["looked"] = self.stamp
        self.data = data
        self.status = 200

    @property
    def is_looked_at(self) -> bool:
        """Whether whoever sends it has seen what would go."""
        return str(self.cleaned_data["looked"]) == self.stamp


class HoldForm(SettingsForm):
    """Why somebody's data is held, and until when."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("A lawsuit, a request of the authority, a dispute.")
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until somebody lifts it."),
    )
