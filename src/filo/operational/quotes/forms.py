"""What people type about quotes, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.policies import CONTACT_ROLES
from filo.operational.quotes.models import LANGUAGES, Quote

AREA = forms.Textarea(attrs={"rows": 3})
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class FactsForm(FiloForm):
    """All of a quote but its lines."""

    title = forms.CharField(label=_("What it is about"), max_length=200, required=False)
    valid_until = forms.DateField(label=_("Valid until"), widget=DAY)
    contact_id = forms.ModelChoiceField(label=_("Contact person"), queryset=Party.objects.none(), required=False)
    payment_terms = forms.CharField(
        label=_("Payment"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("bank transfer, 30 days")}),
    )
    delivery_terms = forms.CharField(label=_("Delivery"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    gross = forms.BooleanField(label=_("Prices include VAT"), required=False)
    notes = forms.CharField(label=_("Notes for the customer"), widget=AREA, max_length=20_000, required=False)
    internal_note = forms.CharField(label=_("Note for colleagues"), widget=AREA, max_length=20_000, required=False)

    def __init__(self, quote: Quote, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(quote, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        ties = PartyRelation.objects.filter(to_party=quote.party_id, role__in=CONTACT_ROLES)
        people = Party.objects.filter(pk__in=ties.values("from_party"), deleted_at=None)
        if quote.contact_id:
            people = people | Party.objects.filter(pk=quote.contact_id)
        self.fields["contact_id"].queryset = people  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """By the names of the verb."""
        contact = self.cleaned_data["contact_id"]
        return self.cleaned_data | {"contact_id": contact.pk if contact else None}


class NewForm(FiloForm):
    """A new quote: for whom, and which of our companies sells."""

    company = forms.ModelChoiceField(
        label=pgettext_lazy("of the group", "Which company sells"),
        queryset=SellingCompany.objects.none(),
        required=False,
    )
    title = forms.CharField(label=_("What it is about"), max_length=200, required=False)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = SellingCompany.objects.all()
        if principal.company_ids is not None:
            rows = rows.filter(pk__in=principal.company_ids)
        self.fields["company"].queryset = rows  # type: ignore[attr-defined]


class SendForm(FiloForm):
    """Where it goes, and what stands in the mail."""

    to = forms.EmailField(label=_("To"), required=False)
    message = forms.CharField(
        label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000, required=False
    )
