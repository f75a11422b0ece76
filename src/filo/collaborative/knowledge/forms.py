"""What people type about articles, as clean values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts
from filo.collaborative.knowledge.models import AUDIENCES, Category
from filo.collaborative.knowledge.services.passing_on import Said
from filo.foundation.web.forms import FiloForm
from filo.operational.service.models import ServiceGroup

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_PARTS = ("title", "answer", "body", "phrasings")
_LABELS = {
    "title": _("Question, as a title"),
    "answer": _("Answer in a paragraph"),
    "body": _("All about it"),
    "phrasings": _("Other ways to ask"),
}
_HELP = {
    "answer": _("What a letter answers with."),
    "body": _("**strong**, ## title, - list, [words](https://…), [words](article:its-address)"),
    "phrasings": _("One a line, as customers put it."),
}
_ROWS = {"answer": 4, "body": 14, "phrasings": 5}


class ArticleForm(FiloForm):
    """An article in both languages; one of them is enough."""

    category = forms.CharField(
        label=_("Category"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "categories", "autocomplete": "off"}),
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=AUDIENCES)
    group = forms.ModelChoiceField(
        label=_("Group"),
        queryset=ServiceGroup.objects.none(),
        required=False,
        help_text=_("Who answers such questions."),
    )
    valid_from = forms.DateField(label=_("Holds from"), required=False, widget=DAY)
    valid_to = forms.DateField(label=_("Holds until"), required=False, widget=DAY)
    code = forms.SlugField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Small letters, digits and dashes; made of the title where it is empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ServiceGroup.objects.all()  # type: ignore[attr-defined]
        for language in ("it", "en"):
            for part in _PARTS:
                self.fields[f"{part}_{language}"] = _part(part)

    def column(self, language: str) -> list[forms.BoundField]:
        """The fields of one language."""
        return [self[f"{part}_{language}"] for part in _PARTS]

    @property
    def italian(self) -> list[forms.BoundField]:
        return self.column("it")

    @property
    def english(self) -> list[forms.BoundField]:
        return self.column("en")

    def about(self) -> list[forms.BoundField]:
        """The fields of no language."""
        return [self[name] for name in ("category", "audience", "group", "valid_from", "valid_to", "code")]

    def facts(self) -> ArticleFacts:
        """What was typed."""
        found = self.cleaned_data
        texts = {
            language: TextFacts(
                found[f"title_{language}"],
                found[f"answer_{language}"],
                found[f"body_{language}"],
                found[f"phrasings_{language}"].splitlines(),
            )
            for language in ("it", "en")
        }
        return ArticleFacts(
            texts,
            code=found["code"],
            category=found["category"],
            audience=found["audience"],
            group_id=found["group"].pk if found["group"] else None,
            valid_from=found["valid_from"],
            valid_to=found["valid_to"],
        )


def typed_of(facts: ArticleFacts, category: Category | None) -> Mapping[str, Any]:
    """What stands in the form of an article."""
    found: dict[str, Any] = {
        "code": facts.code,
        "category": category.name if category else facts.category,
        "audience": facts.audience,
        "group": facts.group_id,
        "valid_from": facts.valid_from,
        "valid_to": facts.valid_to,
    }
    for language, text in facts.texts.items():
        found |= {f"{part}_{language}": getattr(text, part) for part in ("title", "answer", "body")}
        found[f"phrasings_{language}"] = "\n".join(text.phrasings)
    return found


def _part(part: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": _ROWS[part]}) if part in _ROWS else forms.TextInput()
    most = {"title": 200, "phrasings": 160_000}.get(part, 100_000)
    return forms.CharField(
        label=_LABELS[part], help_text=_HELP.get(part, ""), max_length=most, required=False, widget=widget, strip=False
    )


class CategoryForm(FiloForm):
    """A category by its names and its place."""

    name_it = forms.CharField(label=_("Name in Italian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    position = forms.IntegerField(label=_("Place"), min_value=0, max_value=10_000, required=False)


class WritesForm(FiloForm):
    """Who writes to us, and where the answer goes."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("Only for the answer to this question."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # No person sees it; programs that fill in whatever they find do.
    website = forms.CharField(
        label=pgettext_lazy("a trap for programs", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class PersonForm(WritesForm):
    """What a visitor asks a person."""

    subject = forms.CharField(label=_("Your question"), max_length=300)
    description = forms.CharField(
        label=_("What else we should know"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    telephone = forms.CharField(
        label=_("Your telephone, if we are to call you"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def said(self) -> Said:
        """What was written."""
        found = self.cleaned_data
        return Said(found["subject"], found["description"], found["name"], found["address"], found["telephone"])
