"""What is typed about webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filo.foundation.events.retention import KEPT_DAYS
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.web.forms import FiloForm
from filo.foundation.webhooks.catalogue import Described, topics
from filo.foundation.webhooks.patterns import EVERYTHING, known


@dataclass(frozen=True)
class Box:
    """A pattern that can be ticked."""

    pattern: str
    is_ticked: bool
    event: Described | None = None


@dataclass(frozen=True)
class TopicBoxes:
    """The box of a whole topic and those of its events."""

    title: str
    whole: Box
    single: list[Box]

    @property
    def is_open(self) -> bool:
        """Whether single events of it are ticked, so that they are to be seen."""
        return any(box.is_ticked for box in self.single)


class EndpointForm(SettingsForm):
    """Where to, and of what."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://…", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The other program receives a POST here. Private networks are not called."),
    )
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    types = forms.MultipleChoiceField(
        label=_("Of what it is told"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one kind of event."),
            "invalid_choice": _("There is no such event: %(value)s."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("types", ())
        self.fields["types"].choices = [  # type: ignore[attr-defined]
            (pattern, pattern) for pattern in sorted(known() | set(kept))
        ]

    @property
    def everything(self) -> Box:
        """The box for all events, also those that come to exist later."""
        return Box(EVERYTHING, EVERYTHING in self._ticked())

    def by_topic(self) -> list[TopicBoxes]:
        """The boxes, topic by topic."""
        ticked = self._ticked()
        return [
            TopicBoxes(
                topic.title,
                Box(topic.pattern, topic.pattern in ticked),
                [Box(event.type, event.type in ticked, event) for event in topic.events],
            )
            for topic in topics()
        ]

    def _ticked(self) -> set[str]:
        return set(self["types"].value() or ())


class ReplayForm(FiloForm):
    """From when on everything is sent again."""

    since = forms.DateTimeField(
        label=_("Since"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = timezone.localtime() - timedelta(days=KEPT_DAYS - 1)
        self.fields["since"].widget.attrs["min"] = first.strftime("%Y-%m-%dT%H:%M")
