"""What people type about deals, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.deals.models import Deal, Pipeline, PipelineStage
from filo.operational.deals.queries.finding import open_pipelines
from filo.operational.deals.requirements import REQUIRABLE, column_of
from filo.operational.parties.models import Party

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MONEY = [(code, code) for code in CURRENCIES]


def _amount(**more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Amount"), max_digits=14, decimal_places=2, min_value=0, required=False, localize=True, **more
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DAY)


def person_field(**more: Any) -> forms.ModelChoiceField[User]:
    """A colleague, or nobody."""
    return forms.ModelChoiceField(
        label=pgettext_lazy("a deal", "Who has it"), queryset=User.objects.none(), required=False, **more
    )


class DealForm(FiloForm):
    """A new deal: a customer and an amount are enough."""

    title = forms.CharField(
        label=_("What may be sold?"), max_length=200, required=False, widget=forms.TextInput(attrs={"autofocus": True})
    )
    pipeline = forms.ModelChoiceField(label=_("Pipeline"), queryset=Pipeline.objects.none(), empty_label=None)
    amount = _amount()
    currency = forms.ChoiceField(label=_("Currency"), choices=MONEY, initial="EUR")
    close_date = _day(_("Expected close"))
    owner = person_field(empty_label=_("as the assignment rules say"))
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = _day(_("On which day"))
    source = forms.CharField(label=_("Source"), max_length=80, required=False)
    referral_code = forms.CharField(label=_("Referral code"), max_length=20, required=False)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [one.pk for one in open_pipelines(principal)]
        self.fields["pipeline"].queryset = Pipeline.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = active_people()  # type: ignore[attr-defined]
        self.fields["owner"].initial = principal.user_id


class FactsForm(FiloForm):
    """What is known of a deal."""

    title = forms.CharField(label=_("What may be sold?"), max_length=200)
    amount = _amount()
    currency = forms.ChoiceField(label=_("Currency"), choices=MONEY)
    probability = forms.IntegerField(
        label=_("Your own estimate of the probability, in %"), min_value=0, max_value=100, required=False
    )
    close_date = _day(_("Expected close"))
    contact_id = forms.ModelChoiceField(label=_("Contact person"), queryset=Party.objects.none(), required=False)
    company_id = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), required=False)
    product_line_id = forms.ModelChoiceField(
        label=_("Product line"), queryset=ProductLine.objects.none(), required=False
    )
    area_id = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False)
    channel_id = forms.ModelChoiceField(label=_("Channel"), queryset=Channel.objects.none(), required=False)
    source = forms.CharField(label=_("Source"), max_length=80, required=False)
    referral_code = forms.CharField(label=_("Referral code"), max_length=20, required=False)
    description = forms.CharField(label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 4}), required=False)

    def __init__(self, contacts: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("contact_id", contacts),
            ("company_id", SellingCompany.objects.all()),
            ("product_line_id", ProductLine.objects.all()),
            ("area_id", Area.objects.all()),
            ("channel_id", Channel.objects.all()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Rows as their ids, an empty amount as nothing."""
        return plain(self.cleaned_data)


class MissingForm(FiloForm):
    """Just what a stage asks for and a deal does not have."""

    def __init__(self, codes: list[str], contacts: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = FactsForm(contacts).fields | NextStepForm().fields
        for code in codes:
            name = column_of(code)
            if name in usual:
                self.fields[name] = usual[name]
                self.fields[name].required = True
                self.fields[name].label = REQUIRABLE[code]
        if "next_step" in self.fields:
            self.fields["next_on"] = usual["next_on"]

    @property
    def lacks_people(self) -> bool:
        """Whether it asks for a contact person, and the customer has none that could be chosen."""
        field: Any = self.fields.get("contact_id")
        return field is not None and not field.queryset.exists()

    def facts(self) -> dict[str, Any]:
        """What was filled in."""
        return plain(self.cleaned_data)


class NextStepForm(FiloForm):
    """What comes next."""

    next_step = forms.CharField(
        label=_("Next step"), max_length=200, widget=forms.TextInput(attrs={"placeholder": _("Call, visit, send…")})
    )
    next_on = forms.DateField(label=_("On which day"), widget=DAY)


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Rows as their ids, an empty amount as nothing."""
    found = {name: value.pk if name.endswith("_id") and value else value for name, value in values.items()}
    return found | ({"amount": found["amount"] or 0} if "amount" in found else {})


def initial_of(deal: Deal) -> dict[str, Any]:
    """What is known of a deal, for its form."""
    return {name: getattr(deal, name) for name in FactsForm.base_fields}


def stage_named(deal: Deal, text: str) -> PipelineStage | None:
    """The stage of its pipeline that a form names, by its id."""
    return next((stage for stage in deal.pipeline.stages.all() if str(stage.pk) == text), None)
