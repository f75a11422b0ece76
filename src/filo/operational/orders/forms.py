"""What people type about orders, carriers and promises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.orders.models import Order
from filo.operational.orders.models.order import LANGUAGES
from filo.operational.orders.models.settings import MOST_DAYS
from filo.operational.orders.services.writing import ALWAYS, REPRICING
from filo.operational.orders.states import CHANGING

AREA = forms.Textarea(attrs={"rows": 3})
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
LISTS = {"coupons": " ", "bill_to": "\n", "ship_to": "\n"}


class TermsForm(FiloForm):
    """What an order says besides its lines."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    coupons = forms.CharField(
        label=_("Coupons"), max_length=400, required=False, help_text=_("Several with a space between them.")
    )
    reference = forms.CharField(
        label=_("The customer's reference"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the order as the customer wrote it."),
    )
    promised_date = forms.DateField(label=_("Promised for"), widget=DAY, required=False)
    payment_terms = forms.CharField(
        label=_("Payment"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("bank transfer, 30 days")}),
    )
    mail_to = forms.EmailField(label=_("Mails go to"), max_length=320, required=False)
    ship_to = forms.CharField(
        label=_("Goods go to"),
        widget=AREA,
        max_length=1600,
        required=False,
        help_text=_("Name and address, line by line; left empty it is the address of the card."),
    )
    bill_to = forms.CharField(label=_("Address of the invoice"), widget=AREA, max_length=1600, required=False)
    notes = forms.CharField(label=_("Notes for the customer"), widget=AREA, max_length=20_000, required=False)
    internal_note = forms.CharField(label=_("Note for colleagues"), widget=AREA, max_length=20_000, required=False)


class NewForm(TermsForm):
    """A new order: which of our companies sells, and its terms; what is left empty is as the customer's card has it."""

    company = forms.ModelChoiceField(
        label=pgettext_lazy("of the group", "Which company sells"),
        queryset=SellingCompany.objects.none(),
        required=False,
    )

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"currency": "EUR"}, **kwargs)
        self.fields["currency"].required = False
        rows = SellingCompany.objects.all()
        if principal.company_ids is not None:
            rows = rows.filter(pk__in=principal.company_ids)
        self.fields["company"].queryset = rows  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What was said, by the names of the verb."""
        return {name: value for name, value in self.cleaned_data.items() if value and name != "company"}


class ChangeForm(TermsForm):
    """The terms of an order that stands; what may not change any more is shown and cannot be typed."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    gross = forms.BooleanField(label=_("Prices include VAT"), required=False)

    def __init__(self, order: Order, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(order, name) for name in self.base_fields}
        initial |= {name: between.join(getattr(order, name)) for name, between in LISTS.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for name, field in self.fields.items():
            standing = order.state not in CHANGING and name not in ALWAYS
            field.disabled = standing or (order.state != "draft" and name in REPRICING)


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
