"""What administrators type about caps of discounts and rates, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.models import Role
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.prices.forms import DAY, percent_field


class CapForm(FiloForm):
    """How much a role may give without asking."""

    role = forms.ChoiceField(label=_("Role"))
    company = forms.ModelChoiceField(
        label=_("Company"), queryset=SellingCompany.objects.none(), required=False, empty_label=_("any")
    )
    line = forms.ModelChoiceField(
        label=_("Product line"), queryset=ProductLine.objects.none(), required=False, empty_label=_("any")
    )
    percent = percent_field(_("Percent off the list, at most"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(one.code, str(one)) for one in Role.objects.all()]  # type: ignore[attr-defined]
        self.fields["company"].queryset = SellingCompany.objects.all()  # type: ignore[attr-defined]
        self.fields["line"].queryset = ProductLine.objects.all()  # type: ignore[attr-defined]


class RateForm(FiloForm):
    """What one euro buys of a currency."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES if one != "EUR"])
    day = forms.DateField(label=_("Day"), widget=DAY)
    rate = forms.DecimalField(label=_("One euro buys"), max_digits=18, decimal_places=6, localize=True)


class SourceForm(FiloForm):
    """Where rates are fetched from each day."""

    url = forms.CharField(
        label=_("Address of the daily rates"),
        max_length=2000,
        required=False,
        help_text=_("Of the file eurofxref-daily.xml of the European Central Bank. Empty: nobody is asked."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
