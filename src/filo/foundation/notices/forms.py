"""What people choose about notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.notices.models import DIGESTS
from filo.foundation.web.forms import FiloForm

WEEK = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ChoicesForm(FiloForm):
    """Kinds by mail, quiet hours, digest."""

    by_mail = forms.MultipleChoiceField(
        label=_("By mail too"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=CLOCK)
    quiet_until = forms.TimeField(label=_("until"), required=False, widget=CLOCK)
    quiet_days = forms.MultipleChoiceField(
        label=_("On nights that begin on"), required=False, widget=forms.CheckboxSelectMultiple, choices=WEEK
    )
    digest = forms.ChoiceField(label=_("What I have not read, in one mail"), choices=DIGESTS)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_mail"].choices = kinds  # type: ignore[attr-defined]

    @property
    def choices(self) -> dict[str, Any]:
        """What `choose` takes."""
        return self.cleaned_data | {"quiet_days": [int(day) for day in self.cleaned_data["quiet_days"]]}
