"""What is typed about an offer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.web.forms import FiloForm
from filo.operational.offers.models import CHANNELS

HOLDS_FOR = timedelta(days=30)


class OfferForm(FiloForm):
    """In which way, until when, and why now."""

    channel = forms.ChoiceField(label=_("In which way"), choices=CHANNELS)
    valid_until = forms.DateField(
        label=_("It holds until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Why now"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].initial = clock.today() + HOLDS_FOR
