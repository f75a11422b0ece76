"""What people say about pairs: which fact stays, from how likely on to merge."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.web.forms import FiloForm
from filo.operational.doubles.queries.candidates import SURE

SIDES = ("kept", "absorbed", "both")


class AcceptForm(FiloForm):
    """From how likely on pairs are merged without looking at each; never below what is right 99 times of 100."""

    least = forms.FloatField(label=_("At least so likely"), min_value=SURE, max_value=1.0)


def chosen_in(posted: Mapping[str, str]) -> dict[str, str]:
    """The sides chosen on the page: {fact: kept, absorbed or both}."""
    return {
        name.removeprefix("fact-"): value
        for name, value in posted.items()
        if name.startswith("fact-") and value in SIDES
    }
