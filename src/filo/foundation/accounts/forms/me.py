"""What people type about themselves."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import DENSITIES, LANGUAGES, THEMES, User
from filo.foundation.web.forms import FiloForm

CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones of the world by name, those around here first; without names that only old systems use."""
    named = sorted(name for name in available_timezones() if name.startswith(tuple(f"{one}/" for one in CONTINENTS)))
    near = [name for name in named if name.startswith("Europe/")]
    return [(name, name.replace("_", " ")) for name in [*near, "UTC", *(name for name in named if name not in near)]]


class PreferencesForm(FiloForm):
    """How Filo looks and speaks to one."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        error_messages={"invalid_choice": _("There is no such time zone. Choose one of the list.")},
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES)
    density = forms.ChoiceField(label=_("Density of lists"), choices=DENSITIES)
    letter_keys = forms.BooleanField(
        label=_("Keys of a single letter"),
        required=False,
        help_text=_("j, k, n, g c and the others that the sheet of keys tells. Ctrl K works without them too."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(self.initial.get("time_zone", ""))
        if kept in available_timezones() and kept not in dict(zones()):  # an old name that still works stays
            self.fields["time_zone"].choices = [(kept, kept), *zones()]  # type: ignore[attr-defined]


class TokenForm(FiloForm):
    """A new key for a program."""

    label = forms.CharField(label=_("What is it for?"), max_length=80)
    may_write = forms.BooleanField(label=_("It may also change things"), required=False)


class OwnPasswordForm(PasswordChangeForm):
    """The old password and twice the new one; tokens end with the old one unless they are to be kept."""

    keep_tokens = forms.BooleanField(
        label=_("Keep my tokens for programs"),
        required=False,
        help_text=_("Otherwise they end now, and programs that use them need new ones."),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(user, *args, **kwargs)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = _("At least 8 characters, not a common one.")
        self.fields["new_password2"].help_text = ""
