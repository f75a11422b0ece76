"""Forms as the house shows them: an error stands at its field and is read aloud with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from filo.foundation.errors import InvalidFields


class FiloForm(forms.Form):
    """A form whose fields name their help and errors for screen readers."""

    error_css_class = "wrong"
    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
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


def filled(form: forms.Form, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The cleaned values of a form, some under another name."""
    renamed = names or {}
    return {renamed.get(name, name): value for name, value in form.cleaned_data.items()}
