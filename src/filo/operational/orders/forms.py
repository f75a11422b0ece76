"""What people type about carriers and promises."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.web.forms import FiloForm
from filo.operational.orders.models.settings import MOST_DAYS


class CarrierForm(FiloForm):
    """A carrier."""

    name = forms.CharField(label=_("Name"), max_length=80)
    address = forms.CharField(
        label=_("Company name and address"),
        max_length=200,
        required=False,
        help_text=_("As it stands on delivery notes."),
    )
    tracking = forms.CharField(
        label=_("Page of a parcel"),
        max_length=300,
        required=False,
        help_text=_("The address of the carrier's page, with {number} where the number of the parcel stands."),
        widget=forms.TextInput(attrs={"placeholder": "https://…/{number}", "inputmode": "url"}),
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0, required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def clean_position(self) -> int:
        return int(self.cleaned_data["position"] or 0)


class PromiseForm(FiloForm):
    """Within how many working days goods arrive."""

    days = forms.IntegerField(
        label=_("Working days"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("After the day on which the order is confirmed; weekends and holidays are not counted."),
    )
