"""What pages of chats send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.service.models import ServiceGroup


class SayForm(forms.Form):
    """A line: its id, given by the page, and where the page is."""

    id = forms.UUIDField()
    text = forms.CharField(max_length=10_000, required=False, strip=False)
    page = forms.CharField(max_length=300, required=False)
    title = forms.CharField(max_length=300, required=False)


class OpenForm(SayForm):
    """The first line, with what an unknown visitor says of himself."""

    text = forms.CharField(max_length=10_000)
    name = forms.CharField(max_length=200, required=False)
    address = forms.EmailField(max_length=320, required=False)
    place = forms.SlugField(max_length=40, required=False)


class CallMeForm(OpenForm):
    """He wants to be called: at which number, and that he agrees."""

    text = forms.CharField(required=False)
    number = forms.CharField(max_length=40)
    consent = forms.BooleanField()


def problem_of(form: forms.Form) -> dict[str, Any]:
    """What is wrong, as scripts read it: by field, the first sentence of each."""
    return {"problems": {name: str(errors[0]) for name, errors in form.errors.items()}}


class PlaceForm(FiloForm):
    """Where the chat stands."""

    name = forms.CharField(max_length=120, label=_("Name"))
    group = forms.ModelChoiceField(ServiceGroup.objects.order_by("name"), required=False, label=_("Group that answers"))
    company = forms.ModelChoiceField(SellingCompany.objects.order_by("name"), required=False, label=_("Company"))
    greeting_it = forms.CharField(max_length=300, required=False, label=_("Greeting in Italian"))
    greeting_en = forms.CharField(max_length=300, required=False, label=_("Greeting in English"))
    origins = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://www.example.it"}),
        label=_("Sites that may show it, one a line"),
    )
    calls = forms.BooleanField(required=False, label=_("Customers may ask to be called"))
    active = forms.BooleanField(required=False, label=_("The chat is shown here"))

    def facts(self) -> dict[str, Any]:
        """As the verb takes them."""
        told = dict(self.cleaned_data)
        group, company = told.pop("group"), told.pop("company")
        return told | {"group_id": group.pk if group else None, "company_id": company.pk if company else None}
