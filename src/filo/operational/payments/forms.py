"""What people type about payments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.payments.bank.lines import amount_in
from filo.operational.payments.models import METHODS
from filo.operational.payments.providers.contract import providers


class SumField(forms.CharField):
    """A sum as it is written here: 1.234,56 or 1234.56."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """The number. Raises `ValidationError`."""
        text = super().clean(value)
        if not text:
            return None
        found = amount_in(text)
        if found is None:
            raise ValidationError(_("Write an amount above 0: 1.234,56."))
        return found


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen in the browser's calendar or typed."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def companies_of(principal: Principal) -> QuerySet[SellingCompany]:
    """Those that one works in."""
    rows = SellingCompany.objects.all()
    return rows if principal.company_ids is None else rows.filter(pk__in=principal.company_ids)


class PaymentForm(FiloForm):
    """A payment that came in."""

    amount = SumField(label=_("Amount"))
    paid_on = day_field(pgettext_lazy("a payment", "Paid on"))
    method = forms.ChoiceField(label=_("Way to pay"), choices=METHODS, initial="bank")
    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), empty_label=None)
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="EUR")
    reference = forms.CharField(label=_("Reference"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = companies_of(principal)  # type: ignore[attr-defined]
        self.fields["paid_on"].initial = clock.today()

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()


class DueForm(FiloForm):
    """Something that is owed from before Filo, or that no document of Filo says."""

    document = forms.CharField(
        label=_("Document"), max_length=80, widget=forms.TextInput(attrs={"placeholder": "Fattura 2026/31"})
    )
    document_on = day_field(_("Of"))
    due_on = day_field(pgettext_lazy("a sum", "To be paid by"))
    amount = SumField(label=_("Amount"))
    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), empty_label=None)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = companies_of(principal)  # type: ignore[attr-defined]


class BankFileForm(FiloForm):
    """A file of a bank."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), empty_label=None)
    file = forms.FileField(label=_("Account statement (CSV or CAMT.053)"))

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = companies_of(principal)  # type: ignore[attr-defined]


class RefundForm(FiloForm):
    """How much is given back, and why."""

    amount = SumField(label=_("Amount"))
    reason = forms.CharField(label=_("Why"), max_length=300)


class AccountForm(FiloForm):
    """How a company takes money."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Way to pay"))
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    iban = forms.CharField(label="IBAN", max_length=42, required=False)
    holder = forms.CharField(label=_("Holder of the account"), max_length=120, required=False)
    sandbox = forms.BooleanField(
        label=_("Try it out: no money moves"),
        required=False,
        help_text=_("The provider is then the sandbox inside Filo, which makes its own secrets."),
    )
    base = forms.CharField(
        label=_("Address of the provider"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "https://api.stripe.com"}),
    )
    secret_key = forms.CharField(
        label=_("Secret key"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Left empty it stays as it is."),
    )
    webhook_secret = forms.CharField(
        label=_("Secret of the webhook"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Left empty it stays as it is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = SellingCompany.objects.all()  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(one.code, one.label) for one in providers().values()]  # type: ignore[attr-defined]


_AREA = forms.Textarea(attrs={"rows": 8})


class StepForm(FiloForm):
    """A step of reminding."""

    after_days = forms.IntegerField(label=_("Days after the day it was to be paid"), min_value=1, max_value=999)
    subject_it = forms.CharField(label=_("Subject in Italian"), max_length=200)
    text_it = forms.CharField(label=_("Text in Italian"), max_length=5000, widget=_AREA)
    subject_en = forms.CharField(label=_("Subject in English"), max_length=200)
    text_en = forms.CharField(label=_("Text in English"), max_length=5000, widget=_AREA)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class RateForm(FiloForm):
    """The rate of interest for late payment."""

    since = day_field(_("From"))
    percent = forms.DecimalField(label=_("Percent a year"), min_value=0, max_value=99, decimal_places=2)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The notice in the Gazzetta Ufficiale that says so.")
    )


class CapForm(FiloForm):
    """How much a role may give back without asking."""

    role = forms.ChoiceField(label=_("Role"))
    most = forms.DecimalField(
        label=_("At most, of one payment"),
        min_value=0,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("In the currency of the payment. Empty: as much as it likes. 0: never without asking."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(one.code, str(one)) for one in Role.objects.all()]  # type: ignore[attr-defined]
