"""What people type when a deal is lost or handed over, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.queries import active_people
from filo.foundation.web.forms import FiloForm
from filo.operational.deals.forms import person_field
from filo.operational.deals.models import LossReason


class LossForm(FiloForm):
    """Why it was lost."""

    reason = forms.ModelChoiceField(label=_("Why"), queryset=LossReason.objects.none())
    note = forms.CharField(label=_("In a sentence"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = LossReason.objects.filter(active=True)  # type: ignore[attr-defined]


class HandOverForm(FiloForm):
    """Who has it from now on."""

    owner = person_field(empty_label=_("nobody"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = active_people()  # type: ignore[attr-defined]
