"""What is typed about people of the firm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.models import Role
from filo.foundation.accounts.models import LANGUAGES
from filo.foundation.organisation.forms import SettingsForm, UnitField
from filo.foundation.organisation.models import SellingCompany


class PersonForm(SettingsForm):
    """Somebody who works here: who, in which role, where."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.all(), empty_label=None)
    unit = UnitField(label=_("Unit"), required=False, empty_label=_("None"))
    companies = forms.ModelMultipleChoiceField(
        label=_("Works in these companies"),
        queryset=SellingCompany.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of them."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer()  # type: ignore[attr-defined]


class NewPersonForm(PersonForm):
    """Somebody new, who is invited by mail."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    field_order = ["given_name", "family_name", "email", "role", "unit", "companies", "language"]
