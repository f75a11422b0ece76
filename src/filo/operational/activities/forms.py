"""What people type about a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.web.forms import FiloForm


class TaskForm(FiloForm):
    """What, by when, who."""

    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    due_on = forms.DateField(
        label=_("By"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    assignee = forms.ModelChoiceField(label=_("For"), queryset=User.objects.none())

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = active_people()
        if principal.scope("task", "create") is Scope.OWN:
            people = people.filter(pk__in=[principal.user_id])
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
        self.fields["assignee"].initial = principal.user_id
