"""What people type about a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.web.forms import FiloForm
from filo.operational.team.figures import measures
from filo.operational.team.models import MOST, PER
from filo.operational.team.policies import TEAM_PLANNED


class PlanForm(FiloForm):
    """For whom, what, how much, from when. `whose` is `role:ID` or `person:ID`."""

    whose = forms.ChoiceField(label=pgettext_lazy("a plan", "For whom"))
    measure = forms.ChoiceField(label=pgettext_lazy("a plan", "What"))
    number = forms.IntegerField(
        label=pgettext_lazy("a plan", "How many"),
        min_value=0,
        max_value=MOST,
        help_text=_("0: nothing is planned any more from that day on."),
    )
    per = forms.ChoiceField(label=pgettext_lazy("a plan", "In"), choices=PER)
    valid_from = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(TEAM_PLANNED.rows(principal), is_active=True)
        self.people = {f"person:{person.pk}": person for person in people}
        all_of_them = principal.scope("team", "edit") is Scope.ALL
        self.roles = {f"role:{role.pk}": role for role in Role.objects.all()} if all_of_them else {}
        groups = [
            (_("Everybody of a role"), [(code, str(role)) for code, role in self.roles.items()]),
            (_("One person"), [(code, person.name) for code, person in self.people.items()]),
        ]
        self.fields["whose"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]
        self.fields["measure"].choices = [(one.code, one.label) for one in measures(principal)]  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = clock.today

    @property
    def facts(self) -> dict[str, Any]:
        """What `make_plan` takes."""
        found = self.cleaned_data
        names = ("measure", "number", "per", "valid_from")
        return {name: found[name] for name in names} | {
            "person": self.people.get(found["whose"]),
            "role": self.roles.get(found["whose"]),
        }
