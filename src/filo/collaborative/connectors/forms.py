"""What is typed about back offices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.connectors.contract import BackOffice
from filo.collaborative.connectors.models import OWNERS, Exchange
from filo.collaborative.connectors.subjects.base import Subject
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class ConnectionForm(SettingsForm):
    """Its name, how often it is looked at, and what its kind has to know."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues call it: the ERP."))
    code = forms.SlugField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=_PLAIN))
    company = forms.ModelChoiceField(
        label=_("Company"),
        queryset=SellingCompany.objects.none(),
        required=False,
        empty_label=pgettext_lazy("companies", "all"),
    )
    every_minutes = forms.IntegerField(label=_("Look every … minutes"), min_value=1, max_value=1440, initial=15)

    def __init__(self, *args: Any, kind: type[BackOffice], has_secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["company"].queryset = SellingCompany.objects.all()  # type: ignore[attr-defined]
        for setting in kind.settings:
            hint = setting.hint
            widget: forms.Widget = forms.TextInput(attrs=_PLAIN)
            if setting.secret:
                widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
                hint = _("It is kept sealed and never shown. Left empty, the one that is kept stays.")
            self.fields[setting.name] = forms.CharField(
                label=str(setting.label),
                help_text=str(hint),
                widget=widget,
                max_length=500,
                required=setting.required and not (setting.secret and has_secret),
            )

    @property
    def verb_facts(self) -> dict[str, Any]:
        """What the verbs take: plain facts, what the kind has to know, and its key."""
        told = {one.name: one for one in self.kind.settings}
        given = {name: self.cleaned_data[name] for name, one in told.items() if not one.secret}
        secret = next((self.cleaned_data[name] for name, one in told.items() if one.secret), "")
        plain = {name: value for name, value in self.facts.items() if name not in told}
        return {**plain, "given": given, "secret": secret}


class ExchangeForm(FiloForm):
    """For each field: the column that it comes from, and whose value holds."""

    active = forms.BooleanField(label=_("Exchange it"), required=False)

    def __init__(self, *args: Any, subject: Subject, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.exchange = subject, exchange
        theirs = {ours: column for column, ours in exchange.columns.items()}
        self.fields["active"].initial = exchange.active
        for one in subject.fields:
            self.fields[f"column_{one.name}"] = forms.CharField(
                label=str(one.label),
                required=False,
                max_length=120,
                initial=theirs.get(one.name, ""),
                widget=forms.TextInput(
                    attrs={**_PLAIN, "aria-label": _("Their column: %(name)s") % {"name": one.label}}
                ),
            )
            self.fields[f"owner_{one.name}"] = forms.ChoiceField(
                label=str(one.label),
                choices=OWNERS,
                initial=exchange.owners.get(one.name, one.owner),
                widget=forms.Select(attrs={"aria-label": _("Whose value holds: %(name)s") % {"name": one.label}}),
            )

    @property
    def rows(self) -> list[tuple[Any, Any, bool]]:
        """Column and owner of each field, and whether the field is a part of the key."""
        keys = self.subject.keys
        return [
            (self[f"column_{one.name}"], self[f"owner_{one.name}"], one.name in keys) for one in self.subject.fields
        ]

    @property
    def columns(self) -> dict[str, str]:
        """`{their column: our field}`."""
        return {
            self.cleaned_data[f"column_{one.name}"].strip(): one.name
            for one in self.subject.fields
            if self.cleaned_data[f"column_{one.name}"].strip()
        }

    @property
    def owners(self) -> dict[str, str]:
        """`{our field: whose value holds}`."""
        return {one.name: self.cleaned_data[f"owner_{one.name}"] for one in self.subject.fields}
