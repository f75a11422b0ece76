"""What people type about customers, and about the kinds of facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.web.forms import FiloForm
from filo.operational.profile.models import TYPES, Trait, TraitKind


class TraitForm(FiloForm):
    """One fact of a kind: an answer, words, a number or two days; and how the customer put it."""

    value = forms.CharField(label=gettext_lazy("What is known"), max_length=200)
    until = forms.DateField(label=gettext_lazy("Until"), required=False)
    said = forms.CharField(label=gettext_lazy("How he put it"), required=False, max_length=500)

    def __init__(self, kind: TraitKind, *args: Any, trait: Trait | None = None, **kwargs: Any) -> None:
        if trait is not None:
            since, _slash, until = trait.value.partition("/")
            value = {"value": since, "until": until} if kind.type == "span" else {"value": trait.value}
            kwargs.setdefault("initial", {**value, "said": trait.said})
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["value"].label = str(kind)
        if kind.type == "choice":
            self.fields["value"] = forms.ChoiceField(label=str(kind), choices=[("", "–"), *kind.answers])
        elif kind.type == "number":
            self.fields["value"] = forms.IntegerField(label=str(kind))
        elif kind.type == "span":
            self.fields["value"] = forms.DateField(label=_("From"))
        if kind.type != "span":
            del self.fields["until"]
        self.order_fields(["value", "until", "said"])

    @property
    def value_given(self) -> str:
        """The value as `learn` takes it."""
        found = self.cleaned_data
        if self.kind.type == "span":
            return f"{found['value'].isoformat()}/{(found['until'] or found['value']).isoformat()}"
        return str(found["value"])


class KindForm(FiloForm):
    """A kind of fact. Answers stand one on a line: code, Italian and English, or the Italian alone."""

    label_it = forms.CharField(label=gettext_lazy("Name in Italian"), max_length=80)
    label_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    type = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=TYPES)
    choices = forms.CharField(
        label=gettext_lazy("Answers"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("One on a line: code | Italian | English. The Italian alone is enough."),
    )
    many = forms.BooleanField(label=gettext_lazy("Several values hold at once"), required=False)
    position = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=0, max_value=9999, required=False)
    active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args: Any, of: TraitKind | None = None, **kwargs: Any) -> None:
        if of is not None:
            names = ("label_it", "label_en", "position", "active")
            shown = {"choices": "\n".join(" | ".join(row) for row in of.choices)}
            kwargs.setdefault("initial", {name: getattr(of, name) for name in names} | shown)
        super().__init__(*args, **kwargs)
        dropped = ("type", "many", *(() if of.type == "choice" else ("choices",))) if of else ("active", "position")
        for name in dropped:
            del self.fields[name]

    def clean_choices(self) -> list[list[str]]:
        """[[code, Italian, English], …]; the code is made from the English where it is left out."""
        found = []
        for line in str(self.cleaned_data["choices"]).splitlines():
            parts = [part.strip()[:80] for part in line.split("|")]
            if not any(parts):
                continue
            if len(parts) == 1:
                parts = [slugify(parts[0])[:40], parts[0], parts[0]]
            elif len(parts) == 2:
                parts = [slugify(parts[1])[:40], *parts]
            if len(parts) != 3 or not all(parts) or slugify(parts[0]) != parts[0]:
                raise forms.ValidationError(_("This line cannot be read: %(line)s") % {"line": line.strip()[:80]})
            found.append(parts)
        return found
