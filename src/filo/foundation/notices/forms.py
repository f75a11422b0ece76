"""What people choose about notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from filo.foundation.notices.hours import MORNING
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
    """Kinds by mail and in browsers, quiet hours, digest."""

    by_mail = forms.MultipleChoiceField(
        label=_("By mail too"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    by_browser = forms.MultipleChoiceField(
        label=_("In browsers too"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=CLOCK)
    quiet_until = forms.TimeField(label=_("until"), required=False, widget=CLOCK)
    quiet_days = forms.MultipleChoiceField(
        label=_("On nights that begin on"), required=False, widget=forms.CheckboxSelectMultiple, choices=WEEK
    )
    digest = forms.ChoiceField(label=_("My day in one mail"), choices=DIGESTS)
    digest_time = forms.TimeField(label=_("at"), required=False, widget=CLOCK)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("by_mail", "by_browser"):
            self.fields[name].choices = kinds  # type: ignore[attr-defined]

    def rows(self) -> Iterator[tuple[BoundWidget, BoundWidget]]:
        """For each kind its box for mail and its box for browsers."""
        return zip(self["by_mail"].subwidgets, self["by_browser"].subwidgets, strict=True)

    @property
    def choices(self) -> dict[str, Any]:
        """What `choose` takes."""
        quiet_days = [int(day) for day in self.cleaned_data["quiet_days"]]
        time_chosen = self.cleaned_data["digest_time"] or MORNING
        return self.cleaned_data | {"quiet_days": quiet_days, "digest_time": time_chosen}


class BrowserForm(forms.Form):
    """What a browser gives when it subscribes."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)
