"""What is typed when a firm begins with Filo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import User
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.organisation.models import SCHEMES


class StartForm(SettingsForm):
    """The firm, its first company and its first administrator."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("The eight characters that Filo shows on the terminal where it was started."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "placeholder": "XXXX-XXXX"}),
    )
    name = forms.CharField(label=_("Name of the firm"), max_length=120)
    company = forms.CharField(
        label=_("Company that sells"),
        max_length=120,
        required=False,
        help_text=_("If it is called differently. A group adds the others later, in the settings."),
    )
    scheme = forms.ChoiceField(
        label=_("Who sees which customers"), choices=SCHEMES, widget=forms.RadioSelect, initial="open"
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    given_name = forms.CharField(
        label=_("Your given name"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Your family name"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        strip=False,
        help_text=_("At least 8 characters, not a common one."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "password" in found:
            names = ("given_name", "family_name", "email")
            about = User(**{name: found.get(name, "") for name in names})
            try:
                validate_password(found["password"], about)
            except ValidationError as error:
                self.add_error("password", error)
        return found
