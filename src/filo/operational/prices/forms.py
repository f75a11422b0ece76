"""What people type about lists, discounts and coupons, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.foundation.web.forms import FiloForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SCOPE = ("company", "channel", "area", "customer_class", "party", "valid_from", "valid_to", "priority")


def percent_field(label: Any, **how: Any) -> forms.DecimalField:
    """A share in percent."""
    return forms.DecimalField(label=label, max_digits=5, decimal_places=2, localize=True, **how)


class ScopeForm(FiloForm):
    """For whom, where and when something holds; nothing said is everybody, always."""

    customer_class = forms.CharField(
        label=_("Class of customers"), max_length=40, required=False, help_text=_("A word of yours: rivenditori.")
    )
    company = forms.ModelChoiceField(
        label=_("Company"), queryset=SellingCompany.objects.none(), required=False, empty_label=_("any")
    )
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.none(), required=False, empty_label=_("any")
    )
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False, empty_label=_("any"))
    valid_from = forms.DateField(label=_("From day"), required=False, widget=DAY)
    valid_to = forms.DateField(label=_("To day"), required=False, widget=DAY)
    priority = forms.IntegerField(
        label=_("Priority"),
        required=False,
        min_value=-1000,
        max_value=1000,
        initial=0,
        help_text=_("Where two are of the same right, the higher wins."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("company", SellingCompany.objects.all()),
            ("channel", Channel.objects.all()),
            ("area", Area.objects.all()),
            ("line", ProductLine.objects.all()),
        ):
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean_customer_class(self) -> str:
        """Small letters: the word is compared as it is."""
        return str(self.cleaned_data["customer_class"]).strip().casefold()

    def clean_priority(self) -> int:
        """Nothing said is the usual one."""
        return self.cleaned_data["priority"] or 0


class ListForm(ScopeForm):
    """A price list."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True}))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES], initial="EUR")
    gross = forms.BooleanField(label=_("Its prices include VAT (prices to the public)"), required=False)
    cascade = forms.BooleanField(label=_("Other discounts may come on top"), required=False, initial=True)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    field_order = ("name", "currency", "gross", "cascade", "active", *SCOPE)


class DiscountForm(ScopeForm):
    """A discount that comes by itself."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True}))
    percent = percent_field(_("Percent off"))
    line = forms.ModelChoiceField(
        label=_("Product line"), queryset=ProductLine.objects.none(), required=False, empty_label=_("any")
    )
    category = forms.CharField(label=_("Category"), max_length=120, required=False)
    min_quantity = forms.DecimalField(
        label=_("From how many of a line"), max_digits=14, decimal_places=3, localize=True, initial=1, min_value=0
    )
    min_total = forms.DecimalField(
        label=_("From what total, in euro"), max_digits=14, decimal_places=2, localize=True, initial=0, min_value=0
    )
    alone = forms.BooleanField(label=_("No other discount comes on top of it"), required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    field_order = ("name", "percent", "line", "category", "min_quantity", "min_total", "alone", "active", *SCOPE)


class CouponForm(ScopeForm):
    """A coupon."""

    code = forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs={"autofocus": True}))
    name = forms.CharField(label=_("What it is for"), max_length=120, required=False)
    percent = percent_field(_("Percent off"), required=False)
    amount = forms.DecimalField(
        label=pgettext_lazy("a coupon", "Or an amount off"),
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES], initial="EUR")
    min_total = forms.DecimalField(
        label=_("From what total on"), max_digits=14, decimal_places=2, localize=True, initial=0, min_value=0
    )
    limit = forms.IntegerField(
        label=_("How often in all"), required=False, min_value=1, help_text=_("Nothing: as often as you like.")
    )
    once_each = forms.BooleanField(label=_("Once for each customer"), required=False, initial=True)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    field_order: tuple[str, ...] = (
        *("code", "name", "percent", "amount", "currency", "min_total", "limit", "once_each", "active"),
        *SCOPE,
    )


class SeriesForm(CouponForm):
    """Many coupons, each with a code of its own, to be used once."""

    code = forms.CharField(
        label=_("Codes begin with"), max_length=20, widget=forms.TextInput(attrs={"autofocus": True})
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=100)
    limit = None  # type: ignore[assignment]  # each is used once
    field_order = ("code", "count", "name", "percent", "amount", "currency", "min_total", *SCOPE)


class CopyForm(FiloForm):
    """A list once more, dearer or cheaper."""

    name = forms.CharField(label=_("Name of the copy"), max_length=120)
    percent = forms.DecimalField(
        label=_("Percent more (or less: -5)"), max_digits=6, decimal_places=2, localize=True, initial=0
    )
