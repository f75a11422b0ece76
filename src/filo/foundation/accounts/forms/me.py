"""What people type about themselves."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import DENSITIES, LANGUAGES, THEMES, User
from filo.foundation.web.forms import FiloForm


class PreferencesForm(FiloForm):
    """How Filo looks and speaks to one."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = forms.CharField(label=_("Time zone"), max_length=60)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES)
    density = forms.ChoiceField(label=_("Density of lists"), choices=DENSITIES)

    def clean_time_zone(self) -> str:
        found = str(self.cleaned_data["time_zone"])
        if found not in available_timezones():
            raise ValidationError(_("There is no such time zone. Write it as Europe/Rome."))
        return found


class TokenForm(FiloForm):
    """A new key for a program."""

    label = forms.CharField(label=_("What is it for?"), max_length=80)
    may_write = forms.BooleanField(label=_("It may also change things"), required=False)


class OwnPasswordForm(PasswordChangeForm):
    """The old password and twice the new one."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(user, *args, **kwargs)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = _("At least 8 characters, not a common one.")
        self.fields["new_password2"].help_text = ""
