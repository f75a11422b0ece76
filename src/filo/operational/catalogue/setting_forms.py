"""What administrators type about VAT classes and places of stock, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.catalogue.natures import NATURES


class VatForm(FiloForm):
    """A class of VAT."""

    name = forms.CharField(label=_("Name"), max_length=120)
    rate = forms.DecimalField(label=_("Rate in percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2)
    nature = forms.ChoiceField(
        label=_("Nature, where the rate is zero"),
        choices=[("", "–"), *((code, f"{code} {label}") for code, label in NATURES)],
        required=False,
    )
    law = forms.CharField(label=_("Law"), max_length=100, required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class PlaceForm(FiloForm):
    """A warehouse or a shop."""

    name = forms.CharField(label=_("Name"), max_length=120)
    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), required=False)
    position = forms.IntegerField(
        label=_("Place in the list"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("Orders that name no place are served from the first that has everything."),
    )
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = SellingCompany.objects.all()  # type: ignore[attr-defined]
