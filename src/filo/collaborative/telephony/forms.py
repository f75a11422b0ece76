"""What people type about the telephone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.telephony.models import WAYS, PhoneLine
from filo.collaborative.telephony.providers.contract import providers
from filo.foundation.web.forms import FiloForm
from filo.operational.service.models import ServiceGroup


class LineForm(FiloForm):
    """An exchange."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"))
    number = forms.CharField(label=_("Our number"), max_length=40, required=False)
    group = forms.ModelChoiceField(
        label=_("Calls ring for"), queryset=ServiceGroup.objects.none(), required=False, empty_label=_("nobody")
    )
    account = forms.CharField(
        label=_("Account"), max_length=120, required=False, help_text=_("Twilio: the Account SID.")
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("What messages are signed with. Empty: it stays, or one is made. Twilio: the Auth Token."),
    )
    base = forms.CharField(
        label=_("Address of its API"),
        max_length=300,
        required=False,
        help_text=_("Where Filo asks for a call. Twilio: empty is Twilio itself."),
    )
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, one.label) for code, one in providers().items()]  # type: ignore[attr-defined]
        self.fields["group"].queryset = ServiceGroup.objects.all()  # type: ignore[attr-defined]


class SeatForm(FiloForm):
    """How somebody telephones."""

    way = forms.ChoiceField(label=_("When I press a number, it is dialled"), choices=WAYS, initial="tel")
    line = forms.ModelChoiceField(
        label=pgettext_lazy("of telephones", "Exchange"),
        queryset=PhoneLine.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    extension = forms.CharField(
        label=_("My extension"),
        max_length=80,
        required=False,
        help_text=_("As the exchange calls your telephone: 201, sip:laura@example.it, +39…"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = PhoneLine.objects.filter(active=True)  # type: ignore[attr-defined]
