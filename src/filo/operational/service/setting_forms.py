"""What administrators type about groups, targets, reasons, causes, macros and hours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.hours.models import BusinessCalendar
from filo.foundation.organisation.models import SellingCompany, Unit
from filo.foundation.web.forms import FiloForm
from filo.operational.service.forms import AREA
from filo.operational.service.models import PRIORITIES, STATES, TYPES, WAITS, ServiceGroup


class GroupForm(FiloForm):
    """A group and its people."""

    name = forms.CharField(label=_("Name"), max_length=120)
    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none(), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    calendar = forms.ModelChoiceField(
        label=_("Hours"), queryset=BusinessCalendar.objects.none(), required=False, empty_label=_("those of the house")
    )
    respond_within = forms.IntegerField(
        label=_("Minutes of work until the answer"), min_value=1, max_value=100_000, initial=240
    )
    solve_within = forms.IntegerField(
        label=_("Minutes of work until the solution"), min_value=1, max_value=1_000_000, initial=1440
    )
    asks_satisfaction = forms.BooleanField(
        label=_("Ask customers how content they are once it is solved"), required=False, initial=True
    )
    asks_after = forms.IntegerField(
        label=_("Minutes after the solution when they are asked"),
        help_text=_("0: at once. With some time between, a customer can still say that it was not the end."),
        min_value=0,
        max_value=2 * 24 * 60,
        initial=120,
    )
    members = forms.ModelMultipleChoiceField(label=_("Who works in it"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("company", SellingCompany.objects.all()),
            ("unit", Unit.objects.all()),
            ("calendar", BusinessCalendar.objects.all()),
            ("members", active_people()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class TargetForm(FiloForm):
    """What is promised to some kind of requests."""

    group = forms.ModelChoiceField(
        label=_("Group"), queryset=ServiceGroup.objects.none(), required=False, empty_label=_("any")
    )
    type = forms.ChoiceField(label=_("Type"), choices=[("", _("any")), *TYPES], required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=[("", _("any")), *PRIORITIES], required=False)
    respond_within = forms.IntegerField(label=_("Minutes of work until the answer"), min_value=1, max_value=100_000)
    solve_within = forms.IntegerField(label=_("Minutes of work until the solution"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ServiceGroup.objects.all()  # type: ignore[attr-defined]


class ReasonForm(FiloForm):
    """Why requests are closed."""

    name = forms.CharField(label=_("Name"), max_length=120)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class CauseForm(FiloForm):
    """What complaints come from, and when that is too often."""

    name = forms.CharField(label=_("Name"), max_length=120)
    threshold = forms.IntegerField(
        label=_("Too many within thirty days"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("At so many complaints whoever keeps the cause gets a task to put it right. 0: never."),
    )
    keeper = forms.ModelChoiceField(
        label=_("Who puts it right"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].queryset = active_people()  # type: ignore[attr-defined]


class MacroForm(FiloForm):
    """What one press does; what is empty stays as it is."""

    name = forms.CharField(label=_("Name"), max_length=80)
    group = forms.ModelChoiceField(
        label=_("For the group"), queryset=ServiceGroup.objects.none(), required=False, empty_label=_("any")
    )
    takes = forms.BooleanField(label=_("Whoever presses it takes the request"), required=False)
    set_type = forms.ChoiceField(label=_("Type"), choices=[("", _("stays")), *TYPES], required=False)
    set_priority = forms.ChoiceField(label=_("Priority"), choices=[("", _("stays")), *PRIORITIES], required=False)
    set_state = forms.ChoiceField(label=_("State"), choices=[("", _("stays")), *STATES], required=False)
    set_waiting_on = forms.ChoiceField(label=_("Waits for"), choices=[("", "–"), *WAITS], required=False)
    close_reason = forms.CharField(label=_("Closed because"), max_length=120, required=False)
    note = forms.CharField(label=_("Note"), widget=AREA, required=False)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ServiceGroup.objects.all()  # type: ignore[attr-defined]
