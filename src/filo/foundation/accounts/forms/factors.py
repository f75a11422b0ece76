"""What is typed about second factors: a code, a name, a password once more, and what a role needs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.web.forms import FiloForm

NUMBERS = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


class CodeForm(FiloForm):
    """A code of the app, or a recovery code."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(NUMBERS))


class PasskeyForm(FiloForm):
    """What the browser answered about a passkey."""

    credential = forms.CharField(
        max_length=20_000, widget=forms.HiddenInput, error_messages={"required": _("No passkey was chosen.")}
    )


class NewPasskeyForm(PasskeyForm):
    """A new passkey and how its owner calls it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("Such as “Office laptop” or “Blue key”, so that you recognise it."),
    )


class PasskeyNameForm(FiloForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=60)


class PasswordAgainForm(FiloForm):
    """The password once more."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class SecondFactorRuleForm(SettingsForm):
    """Whether a role needs a second factor, and how many days there are to set it up."""

    needed = forms.BooleanField(label=_("Whoever has this role signs in with a second factor"), required=False)
    grace_days = forms.IntegerField(
        label=_("Days to set it up"),
        min_value=0,
        max_value=90,
        initial=0,
        required=False,
        help_text=_("0: at the next page. The days begin when it is first asked, for new people when they are added."),
    )

    def clean_grace_days(self) -> int:
        return int(self.cleaned_data["grace_days"] or 0)
