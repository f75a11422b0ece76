"""Forms as the house shows them: an error stands at its field and is read aloud with it; what somebody else saved
meanwhile stands beside what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.formats import localize
from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields, Stale

NOTHING: tuple[object, ...] = (None, "", [], ())


class FiloForm(forms.Form):
    """A form whose fields name their help and errors for screen readers."""

    error_css_class = "wrong"
    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.differing: list[tuple[str, str, str]] = []
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
                field.empty_label = "–"

    def refuse(self, error: InvalidFields) -> None:
        """Put what a verb refused at the fields it names, the rest above the form; the first wrong one is focused."""
        for name, sentences in error.fields.items():
            target = name if name in self.fields else None
            for sentence in sentences:
                self.add_error(target, str(sentence))
        first = next((name for name in self.fields if name in self.errors), "")
        if first:
            self.fields[first].widget.attrs["autofocus"] = True

    def refuse_stale(self, error: Stale) -> int:
        """Say that somebody saved first, and show theirs beside ours; gives the version of theirs, so that saving
        again writes ours over it, knowingly.
        """
        self.add_error(None, str(error))
        for name, (theirs, mine) in error.differing.items():
            field = self.fields.get(name) or self.fields.get(name.removesuffix("_id"))
            if field is not None:
                self.differing.append((str(field.label), shown(field, theirs), shown(field, mine)))
        return error.version


def shown(field: forms.Field, value: object) -> str:
    """A value of a field as it reads, where nobody types."""
    if value in NOTHING:
        return "–"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(shown(field, one) for one in value)
    if isinstance(field, forms.ModelChoiceField):
        return _named(field, value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(localize(value))


def _named(field: forms.ModelChoiceField[Any], value: object) -> str:
    row = value if isinstance(value, Model) else field.queryset.filter(pk=value).first()  # type: ignore[union-attr]
    return field.label_from_instance(row) if row else "–"


def filled(form: forms.Form, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The cleaned values of a form, some under another name."""
    renamed = names or {}
    return {renamed.get(name, name): value for name, value in form.cleaned_data.items()}
