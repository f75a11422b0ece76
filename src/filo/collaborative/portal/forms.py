"""What a customer types in his area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.collaborative.portal.services import TYPES
from filo.foundation.web.forms import FiloForm
from filo.operational.profile.forms import TraitForm
from filo.operational.service.models.words import TYPES as WORDS

LONGEST = 20_000


class AskForm(FiloForm):
    """A new request."""

    type = forms.ChoiceField(label=_("What is it about?"), choices=[(c, w) for c, w in WORDS if c in TYPES])
    subject = forms.CharField(label=_("In a few words"), max_length=200)
    product = forms.CharField(label=_("Order or article, if it is about one"), max_length=200, required=False)
    text = forms.CharField(label=_("Your message"), max_length=LONGEST, widget=forms.Textarea({"rows": 6}))


class ChangeForm(FiloForm):
    """Contact details that have changed."""

    text = forms.CharField(
        label=_("What has changed?"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For instance a new telephone number or address."),
    )


class FactForm(TraitForm):
    """Something that he says of himself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["said"]
