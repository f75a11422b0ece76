"""What is typed in a conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.inbox.models import Snippet
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation.web.forms import FiloForm
from filo.operational.parties.models import ContactPoint

MOST_IN_COPY = 20
MORNING = time(9)


class AnswerForm(FiloForm):
    """An answer to the customer."""

    text = forms.CharField(
        label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=200_000, strip=True
    )
    cc = forms.CharField(label=gettext_lazy("Copy to"), required=False, max_length=2000)
    leaves_at = forms.DateTimeField(label=gettext_lazy("Leaves at"), required=False)
    seen = forms.UUIDField(required=False)  # what was said last when it was begun
    then = forms.ChoiceField(
        choices=[("waiting", ""), ("done", ""), ("open", "")], required=False, widget=forms.HiddenInput
    )

    def clean_cc(self) -> list[str]:
        """Addresses as people write them."""
        return _addresses(self.cleaned_data["cc"])


class NewMailForm(FiloForm):
    """A mail that we write first."""

    to = forms.ChoiceField(label=gettext_lazy("To"))
    sender = forms.ChoiceField(label=pgettext_lazy("a sender", "From"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("Message"), widget=forms.Textarea(attrs={"rows": 12}), max_length=200_000, strip=True
    )
    cc = forms.CharField(label=gettext_lazy("Copy to"), required=False, max_length=2000)
    leaves_at = forms.DateTimeField(label=gettext_lazy("Leaves at"), required=False)

    def __init__(self, addresses: Sequence[ContactPoint], mailboxes: Sequence[Mailbox], *args: Any) -> None:
        super().__init__(*args)
        self.mailboxes = {str(one.pk): one for one in mailboxes}
        self.fields["to"].choices = [(point.value, _told(point)) for point in addresses]  # type: ignore[attr-defined]
        self.fields["sender"].choices = [(key, _named(one)) for key, one in self.mailboxes.items()]  # type: ignore[attr-defined]

    @property
    def mailbox(self) -> Mailbox:
        """The chosen one, once the form is valid."""
        return self.mailboxes[self.cleaned_data["sender"]]

    def clean_cc(self) -> list[str]:
        """Addresses as people write them."""
        return _addresses(self.cleaned_data["cc"])


def _told(point: ContactPoint) -> str:
    return f"{point.value} (PEC)" if point.type == "pec" else point.value


def _named(mailbox: Mailbox) -> str:
    own = _("your own, only you see it") if mailbox.is_personal else mailbox.group.name if mailbox.group else ""
    return f"{mailbox.address} ({own})" if own else mailbox.address


def _addresses(text: str) -> list[str]:
    """Parted by commas, semicolons or blanks. Raises `ValidationError`."""
    found = [one for one in re.split(r"[,;\s]+", text) if one]
    if len(found) > MOST_IN_COPY:
        raise ValidationError(_("At most %(limit)s addresses.") % {"limit": MOST_IN_COPY})
    for one in found:
        try:
            validate_email(one)
        except ValidationError:
            raise ValidationError(_("“%(address)s” is no address.") % {"address": one}) from None
    return found


class NoteForm(FiloForm):
    """A note among colleagues."""

    text = forms.CharField(
        label=gettext_lazy("Internal note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=50_000, strip=True
    )


class CallForm(FiloForm):
    """What was said on the telephone."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Who called?"),
        choices=[("out", gettext_lazy("We called")), ("in", gettext_lazy("The customer called"))],
        initial="out",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("What was said"), widget=forms.Textarea(attrs={"rows": 3}), max_length=50_000
    )
    unreached = forms.BooleanField(label=gettext_lazy("Nobody answered"), required=False)


class SnoozeForm(FiloForm):
    """Until when: a ready moment, or one's own."""

    until = forms.DateTimeField(required=False)
    ready = forms.ChoiceField(choices=[("today", ""), ("tomorrow", ""), ("monday", ""), ("week", "")], required=False)

    def moment(self, now: datetime) -> datetime | None:
        """The chosen moment, in the person's zone; None when nothing was chosen."""
        if self.cleaned_data["until"]:
            found: datetime = self.cleaned_data["until"]
            return found
        here = timezone.localtime(now)
        days = {"tomorrow": 1, "monday": 7 - here.weekday(), "week": 7}.get(self.cleaned_data["ready"])
        if self.cleaned_data["ready"] == "today":
            return now + timedelta(hours=3)
        return timezone.make_aware(datetime.combine(here.date() + timedelta(days=days), MORNING)) if days else None


class SnippetForm(FiloForm):
    """A text kept ready."""

    title = forms.CharField(label=gettext_lazy("What it is for"), max_length=120)
    code = forms.SlugField(label=gettext_lazy("Typed after a slash"), max_length=40)
    text_it = forms.CharField(
        label=gettext_lazy("In Italian"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=20_000
    )
    text_en = forms.CharField(
        label=gettext_lazy("In English"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=20_000
    )
    mine = forms.BooleanField(label=gettext_lazy("Only for me"), required=False)

    def clean(self) -> dict[str, object]:
        """In at least one language."""
        found = super().clean() or self.cleaned_data
        if not (found.get("text_it") or found.get("text_en")):
            raise ValidationError(_("Write the text in at least one language."))
        return found

    @staticmethod
    def of(snippet: Snippet) -> dict[str, object]:
        """What the form begins with."""
        names = ("title", "code", "text_it", "text_en")
        return {name: getattr(snippet, name) for name in names} | {"mine": snippet.owner_id is not None}
