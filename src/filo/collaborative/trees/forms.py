"""What is typed of a tree outside of its drawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.collaborative.trees.models import AUDIENCES
from filo.foundation.web.forms import FiloForm
from filo.operational.service.models import ServiceGroup


class NewTreeForm(FiloForm):
    """A tree begins with a name and whom it is for."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For colleagues; titles are given in the drawing.")
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=AUDIENCES, initial="public")


class ImportForm(FiloForm):
    """A tree comes from a file."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".json,application/json"}))


class GroupForm(FiloForm):
    """Who answers those whom a tree leads to a person."""

    group = forms.ModelChoiceField(
        label=_("Group"),
        queryset=ServiceGroup.objects.none(),
        required=False,
        help_text=_("Who answers those whom it leads to a person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ServiceGroup.objects.all()  # type: ignore[attr-defined]
