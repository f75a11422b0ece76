"""What is typed in the settings of the assistant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.collaborative.trees.models import DecisionTree
from filo.foundation.web.forms import FiloForm


class GuideForm(FiloForm):
    """Which tree asks whom."""

    words = forms.CharField(
        label=_("Who looks for"),
        required=False,
        max_length=300,
        help_text=_("Words of what is looked for, for instance: pullover, knitwear. Without words: for everything."),
    )
    tree = forms.ModelChoiceField(
        label=_("Tree that asks"),
        queryset=DecisionTree.objects.none(),
        help_text=_("Published ones for the shop assistant."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = DecisionTree.objects.told_to("assistant").for_list().order_by("name")
        self.fields["tree"].queryset = told  # type: ignore[attr-defined]
