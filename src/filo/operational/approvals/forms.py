"""What people type about who stands in for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.web.forms import FiloForm

DAY = {"type": "date"}


class StandInForm(FiloForm):
    """A colleague, and the first and last day."""

    stand_in = forms.ModelChoiceField(label=_("Who decides for me"), queryset=User.objects.none())
    from_day = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    until_day = forms.DateField(label=_("Until, included"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).order_by("given_name", "family_name")
        if principal.user_id is not None:
            people = people.exclude(pk=principal.user_id)
        self.fields["stand_in"].queryset = people  # type: ignore[attr-defined]
