"""What people type about requests, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.web.forms import FiloForm
from filo.operational.service.filters import CHANNELS
from filo.operational.service.models import (
    PRIORITIES,
    SEVERITIES,
    TYPES,
    ComplaintCause,
    ServiceGroup,
)

AREA = forms.Textarea(attrs={"rows": 4})


class TicketForm(FiloForm):
    """A new request: what is asked is enough, the rest has a usual value."""

    subject = forms.CharField(
        label=_("What does the customer ask for?"), max_length=300, widget=forms.TextInput(attrs={"autofocus": True})
    )
    type = forms.ChoiceField(label=_("Type"), choices=TYPES, initial="question")
    priority = forms.ChoiceField(label=_("Priority"), choices=PRIORITIES, initial="normal")
    channel = forms.ChoiceField(label=_("Came by"), choices=CHANNELS, initial="phone")
    group = forms.ModelChoiceField(label=_("Group"), queryset=ServiceGroup.objects.none(), required=False)
    assignee = forms.ModelChoiceField(
        label=pgettext_lazy("a request", "Who has it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )
    product = forms.CharField(label=_("Product"), max_length=200, required=False)
    contact_address = forms.EmailField(
        label=_("E-mail of the customer"), required=False, help_text=_("Answers and the link to the state go there.")
    )
    description = forms.CharField(label=_("In the customer's words"), widget=AREA, required=False)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups, people = ServiceGroup.objects.all(), active_people()
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
        mine = groups.filter(members__user=principal.user_id).first()
        self.fields["group"].initial = (mine or groups.first()) and (mine or groups.first()).pk  # type: ignore[union-attr]
        self.fields["assignee"].initial = principal.user_id


class FactsForm(FiloForm):
    """What is known of a request."""

    subject = forms.CharField(label=_("What the customer asks for"), max_length=300)
    type = forms.ChoiceField(label=_("Type"), choices=TYPES)
    priority = forms.ChoiceField(label=_("Priority"), choices=PRIORITIES)
    product = forms.CharField(label=_("Product"), max_length=200, required=False)
    description = forms.CharField(label=_("In the customer's words"), widget=AREA, required=False)


class AssignForm(FiloForm):
    """Who has it."""

    assignee = forms.ModelChoiceField(
        label=pgettext_lazy("a request", "Who has it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )
    group = forms.ModelChoiceField(label=_("Group"), queryset=ServiceGroup.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = active_people()  # type: ignore[attr-defined]
        self.fields["group"].queryset = ServiceGroup.objects.all()  # type: ignore[attr-defined]


class ComplaintForm(FiloForm):
    """What a complaint came from."""

    cause = forms.ModelChoiceField(
        label=_("Cause"), queryset=ComplaintCause.objects.none(), required=False, empty_label=_("not known yet")
    )
    severity = forms.TypedChoiceField(label=_("Severity"), choices=SEVERITIES, coerce=int, initial=1)
    cost = forms.DecimalField(label=_("Cost, in euro"), max_digits=12, decimal_places=2, required=False, localize=True)
    remedy = forms.CharField(label=_("What we did about it"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].queryset = ComplaintCause.objects.filter(active=True)  # type: ignore[attr-defined]
