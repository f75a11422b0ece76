"""What is typed at the checkout and in the settings of the shop, as clean values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filo.collaborative.shop.facts import CheckoutFacts
from filo.foundation.errors import DomainError
from filo.foundation.organisation.models import Channel, SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.catalogue.models import VatClass
from filo.operational.transfer.countries import countries_in


class CheckoutForm(FiloForm):
    """Who buys and where it goes; how it travels and is paid are choices of the page."""

    use_required_attribute = False

    name = forms.CharField(label=_("First and last name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The confirmation goes there."),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("For the courier, if he does not find you."),
    )
    street = forms.CharField(
        label=_("Street and number"), widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    postal_code = forms.CharField(
        label=_("Postal code"), widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"})
    )
    city = forms.CharField(label=_("Town"), widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))
    province = forms.CharField(
        label=_("Province"), required=False, widget=forms.TextInput(attrs={"autocomplete": "address-level1"})
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: countries_in(get_language() or "it"),
        initial="IT",
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    notes = forms.CharField(
        label=_("A note for us"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    terms = forms.BooleanField(required=False, label="")
    shipping_id = forms.UUIDField(required=False)
    pay = forms.CharField(required=False)
    key = forms.UUIDField()
    seen = forms.CharField(required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "key":
                field.required = False  # what lacks is said by the verb, as everywhere it is called from


def facts_of(form: CheckoutForm, language: str) -> CheckoutFacts:
    """What was typed, for the verb; the form is valid. Raises `DomainError` (`price-changed`)."""
    typed = dict(form.cleaned_data)
    names = ("name", "email", "street", "postal_code", "city", "phone", "province", "country", "notes", "pay")
    texts = {name: typed.get(name) or "" for name in names}
    shipping: UUID | None = typed.get("shipping_id")
    return CheckoutFacts(
        key=typed["key"],
        terms=bool(typed.get("terms")),
        shipping_id=shipping,
        language=language,
        seen=_sum(form.data.get(f"seen-{shipping}", typed.get("seen") or "")),
        **texts,
    )


def _sum(text: str) -> Decimal | None:
    """The total that was shown, if any; what cannot be read is another than there is."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,14}(\.[0-9]{1,4})?", text):
        raise DomainError(_("The total has changed. Look at it once more, then order."), code="price-changed")
    return Decimal(text)


class ShopForm(FiloForm):
    """The shop of a company."""

    open = forms.BooleanField(label=_("Open"), required=False, help_text=_("Customers find it at /p/shop."))
    company = forms.ModelChoiceField(label=_("Company that sells"), queryset=SellingCompany.objects.none())
    channel = forms.ModelChoiceField(
        label=_("Sales channel"),
        queryset=Channel.objects.none(),
        required=False,
        help_text=_("Price lists and discounts for this channel hold in the shop."),
    )
    terms_it = forms.CharField(label=_("Terms of sale in Italian"), required=False, widget=forms.Textarea)
    terms_en = forms.CharField(label=_("Terms of sale in English"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = SellingCompany.objects.all()  # type: ignore[attr-defined]
        self.fields["channel"].queryset = Channel.objects.all()  # type: ignore[attr-defined]


class ShippingForm(FiloForm):
    """A way of shipping."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none())
    name_it = forms.CharField(label=_("Name in Italian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    price = forms.DecimalField(label=_("Price with VAT"), min_value=0, max_digits=14, decimal_places=2, localize=True)
    free_from = forms.DecimalField(
        label=_("Free from a total of"), min_value=0, max_digits=14, decimal_places=2, required=False, localize=True
    )
    vat = forms.ModelChoiceField(label=_("VAT"), queryset=VatClass.objects.none())
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=1000, initial=0)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = SellingCompany.objects.all()  # type: ignore[attr-defined]
        self.fields["vat"].queryset = VatClass.objects.filter(active=True)  # type: ignore[attr-defined]
