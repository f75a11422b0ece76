"""What is typed about mailboxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.accounts.models import User
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.organisation.models import SellingCompany
from filo.operational.service.models import ServiceGroup

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class MailboxForm(SettingsForm):
    """Whose it is, what stands below its answers, and where its mail is fetched."""

    address = forms.EmailField(label=_("Address"), max_length=254, widget=forms.EmailInput(attrs=_PLAIN))
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Customers read it as the sender."))
    group = forms.ModelChoiceField(
        label=_("Group"),
        queryset=ServiceGroup.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Who looks after what comes to it."),
    )
    owner = forms.ModelChoiceField(
        label=_("Personal mailbox of"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody: it is the firm’s"),
        help_text=_("What comes to a personal mailbox is read by its owner alone."),
    )
    company = forms.ModelChoiceField(
        label=_("Company"),
        queryset=SellingCompany.objects.none(),
        required=False,
        empty_label=pgettext_lazy("companies", "all"),
    )
    answers_automatically = forms.BooleanField(
        label=_("Answer first by itself"),
        required=False,
        help_text=_("New requests get a first answer at once, where one can be given."),
    )
    subaddressed = forms.BooleanField(
        label=_("address+anything@… comes here too"),
        required=False,
        help_text=_("Then answers and returned mails carry a mark by which they are known beyond doubt."),
    )
    signature_it = forms.CharField(label=_("Signature in Italian"), required=False, widget=forms.Textarea({"rows": 4}))
    signature_en = forms.CharField(label=_("Signature in English"), required=False, widget=forms.Textarea({"rows": 4}))
    imap_host = forms.CharField(
        label=_("IMAP server"),
        max_length=253,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "imap.example.it"}),
        help_text=_("Leave it empty when your mail server hands the mail over to Filo."),
    )
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    imap_tls = forms.ChoiceField(
        label=_("Encryption"), choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("None"))]
    )
    imap_user = forms.CharField(
        label=_("User name"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("The address, where it is left empty."),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("It is kept sealed and never shown. Left empty, the one that is kept stays."),
    )
    imap_folder = forms.CharField(label=_("Folder"), max_length=200, required=False, initial="INBOX")
    brings_old = forms.BooleanField(
        label=_("Bring in what lies there already"),
        required=False,
        help_text=_("Old mails come to the cards of their customers; none is answered by itself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "group": ServiceGroup.objects.all(),
            "owner": User.objects.filter(is_active=True).order_by("given_name", "family_name"),
            "company": SellingCompany.objects.all(),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
            field.queryset = rows

    @property
    def own(self) -> list[forms.BoundField]:
        """What it is."""
        return [self[name] for name in ("address", "name", "group", "owner", "company")]

    @property
    def answers(self) -> list[forms.BoundField]:
        """What leaves under its name."""
        return [self[name] for name in ("answers_automatically", "subaddressed", "signature_it", "signature_en")]

    @property
    def place(self) -> list[forms.BoundField]:
        """Where its mail lies."""
        names = ("imap_host", "imap_port", "imap_tls", "imap_user", "password", "imap_folder", "brings_old")
        return [self[name] for name in names]
