"""What people type about invoices, as clean values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.italy.tax import has_wrong_check_digit
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.invoices.fatturapa.codes import (
    FUNDS,
    ISSUED,
    METHODS,
    REGIMES,
    TYPES,
    WITHHOLDING_CAUSES,
    WITHHOLDINGS,
)
from filo.operational.invoices.fatturapa.document import Document
from filo.operational.invoices.models import SENDING, VAT_DUE
from filo.operational.invoices.models.company import ALONE
from filo.operational.invoices.models.invoice import STAMPS
from filo.operational.invoices.vat.natures import NATURES

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
ORDINARY_RATE = 22
_NONE = [("", _("none"))]


class AsideForm(FiloForm):
    """Whose a file is that was put aside."""

    company = forms.ModelChoiceField(
        label=_("Of which of our companies is it?"), queryset=SellingCompany.objects.none(), empty_label=None
    )
    direction = forms.ChoiceField(label=_("What did it do?"))

    def __init__(self, principal: Principal, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = _companies_of(principal)  # type: ignore[attr-defined]
        sold = _("It sold: it is %(name)s") % {"name": document.seller.full_name}
        bought = _("It bought: it is %(name)s") % {"name": document.buyer.full_name}
        self.fields["direction"].choices = [("issued", sold), ("received", bought)]  # type: ignore[attr-defined]


class NewForm(FiloForm):
    """Which of our companies sells."""

    company = forms.ModelChoiceField(
        label=pgettext_lazy("of the group", "Which company sells"),
        queryset=SellingCompany.objects.none(),
        empty_label=None,
    )
    type = forms.ChoiceField(label=_("Type"), choices=[(code, TYPES[code]) for code in ISSUED if code != "TD04"])

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = _companies_of(principal)
        self.fields["company"].queryset = rows  # type: ignore[attr-defined]
        self.fields["company"].initial = rows.first()


def _companies_of(principal: Principal) -> QuerySet[SellingCompany]:
    rows = SellingCompany.objects.all()
    return rows if principal.company_ids is None else rows.filter(pk__in=principal.company_ids)


class DeliveryNotesField(forms.CharField):
    """Delivery notes, one a line: its number, and behind it its day."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        if not isinstance(value, list):
            return value
        return "\n".join(f"{number} {day:%d/%m/%Y}" if day else number for number, day in value)

    def clean(self, value: Any) -> list[tuple[str, date]]:
        """Number and day of each."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        return [self._note(line) for line in lines if line]

    def _note(self, line: str) -> tuple[str, date]:
        number, _blank, day = line.rpartition(" ")
        try:
            return number.strip(" ,;"), _day(day)
        except ValueError:
            told = _("“%(line)s”: write the number and the day of each delivery note, as 101 03/11/2026.")
            raise forms.ValidationError(told % {"line": line[:40]}) from None


def _day(text: str) -> date:
    """03/11/2026, or 2026-11-03. Raises `ValueError`."""
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


class FactsForm(FiloForm):
    """All of a draft but its lines."""

    type = forms.ChoiceField(label=_("Type"), choices=[(code, TYPES[code]) for code in ISSUED])
    date = forms.DateField(label=_("Date"), widget=DAY, required=False, help_text=_("Empty: the day it is issued."))
    series = forms.CharField(label=_("Series"), max_length=6, required=False)
    terms = forms.CharField(
        label=_("Terms of payment"), max_length=40, required=False, help_text=_("Days: 30, 60 FM, 30/60/90 FM.")
    )
    method = forms.ChoiceField(label=_("How it is paid"), choices=list(METHODS.items()))
    iban = forms.CharField(label="IBAN", max_length=42, required=False)
    vat_due = forms.ChoiceField(label=_("VAT becomes due"), choices=VAT_DUE)
    gross = forms.BooleanField(label=_("Prices include VAT"), required=False)
    cause = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    order_number = forms.CharField(label=_("Order of the customer"), max_length=20, required=False)
    order_date = forms.DateField(label=_("of the day"), widget=DAY, required=False)
    deliveries = DeliveryNotesField(
        label=_("Delivery notes"),
        max_length=10_000,
        required=False,
        help_text=_("One a line, number and day: 101 03/11/2026. A deferred invoice (TD24) names all that it follows."),
    )
    cig = forms.CharField(label="CIG", max_length=15, required=False)
    cup = forms.CharField(label="CUP", max_length=15, required=False)
    stamp_rule = forms.ChoiceField(label=_("Stamp duty"), choices=STAMPS, required=False)
    stamp_charged = forms.BooleanField(label=_("The customer pays the stamp duty back"), required=False)
    held_kind = forms.ChoiceField(label=_("Withholding"), choices=[*_NONE, *WITHHOLDINGS.items()], required=False)
    held_rate = forms.DecimalField(label=_("Rate %"), min_value=0, max_value=100, required=False, localize=True)
    held_cause = forms.ChoiceField(
        label=_("Reason (CU)"), choices=[*_NONE, *((code, code) for code in WITHHOLDING_CAUSES)], required=False
    )
    fund_kind = forms.ChoiceField(
        label=_("Pension fund"), choices=[*_NONE, *((code, code) for code in FUNDS)], required=False
    )
    fund_rate = forms.DecimalField(label=_("Rate %"), min_value=0, max_value=100, required=False, localize=True)
    fund_vat_rate = forms.DecimalField(
        label=_("VAT on it, in %"), min_value=0, max_value=100, required=False, localize=True
    )
    fund_nature = forms.ChoiceField(
        label=_("Why there is no VAT on it"),
        choices=[*_NONE, *((one.code, f"{one.code} {one.words}") for one in NATURES.values())],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A fund of which nothing is said bears what most bear, or nothing where it is said why."""
        found = super().clean() or {}
        if found.get("fund_vat_rate") is None:
            found["fund_vat_rate"] = 0 if found.get("fund_nature") else ORDINARY_RATE
        return found


class MendForm(FiloForm):
    """What an invoice that the exchange rejected may still change."""

    iban = FactsForm.base_fields["iban"]
    cause = FactsForm.base_fields["cause"]
    held_cause = FactsForm.base_fields["held_cause"]
    cig = FactsForm.base_fields["cig"]
    cup = FactsForm.base_fields["cup"]


class CompanyForm(FiloForm):
    """Fiscal data of a company."""

    tax_code = forms.CharField(label=_("Tax code"), max_length=16, required=False)
    odd_tax_code = forms.BooleanField(
        label=_("The check digit is wrong: keep it anyway"),
        required=False,
        help_text=_("For trying with sample files. The exchange rejects invoices with such a number."),
    )
    regime = forms.ChoiceField(label=_("Tax regime"), choices=list(REGIMES.items()))
    rea_office = forms.CharField(label=_("REA: province"), max_length=2, required=False)
    rea_number = forms.CharField(label=_("REA: number"), max_length=20, required=False)
    capital = forms.DecimalField(
        label=_("Share capital, in euro"), max_digits=14, decimal_places=2, required=False, localize=True
    )
    alone = forms.ChoiceField(label=_("Members"), choices=ALONE, required=False)
    winding_up = forms.BooleanField(label=_("Being wound up"), required=False)
    iban = forms.CharField(label="IBAN", max_length=42, required=False)
    bank = forms.CharField(label=_("Bank"), max_length=80, required=False)
    certified_mail = forms.EmailField(label=_("Certified mail (PEC)"), required=False)
    recipient = forms.CharField(label=_("Own code at the exchange"), max_length=7, required=False)
    sender = forms.CharField(
        label=_("Who sends to the exchange"),
        max_length=28,
        required=False,
        help_text=_("Tax code of the intermediary; empty: the company itself."),
    )
    series = forms.CharField(label=_("Series of invoices"), max_length=6, required=False)
    credit_series = forms.CharField(
        label=_("Series of credit notes"), max_length=6, required=False, help_text=_("Empty: that of invoices.")
    )
    terms = forms.CharField(label=_("Terms of payment"), max_length=40, required=False)
    method = forms.ChoiceField(label=_("How it is paid"), choices=list(METHODS.items()))
    way = forms.ChoiceField(label=_("How files reach the exchange"), choices=SENDING, required=False)
    folder = forms.CharField(
        label=_("Folder of the files"),
        max_length=40,
        required=False,
        help_text=_(
            "Its name under “invoices” in Filo's data directory; empty: the company's code. Files leave through “out”, "
            "and what is laid into “in” is read."
        ),
    )
    exchange_pec = forms.EmailField(
        label=_("Certified mail of the exchange"),
        required=False,
        help_text=_("The first time sdi01@pec.fatturapa.it; then the address that the exchange gives in its answer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = str((self.data if self.is_bound else self.initial).get("tax_code") or "")
        if has_wrong_check_digit(code):
            self.initial["odd_tax_code"] = True  # of one that is kept already
        else:
            del self.fields["odd_tax_code"]

    def clean_way(self) -> str:
        return str(self.cleaned_data["way"] or "hand")
