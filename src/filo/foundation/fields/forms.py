"""What is typed about a field in the settings, and into the fields themselves on the forms of an entity."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import formset_factory
from django.utils.formats import get_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.fields.drafts import HINT_LENGTH, LABEL_LENGTH, MOST_CHOICES
from filo.foundation.fields.entities import entity_named
from filo.foundation.fields.kinds import KINDS
from filo.foundation.fields.models import CODE_LENGTH, TEXT_LENGTH, CustomField
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.values import LONG_TEXT, why_required
from filo.foundation.fields.words import names_in
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.web.forms import FiloForm


class FieldForm(SettingsForm):
    """A field: what it is called, what it holds, when it has to be filled in."""

    label_it = forms.CharField(label=_("Name in Italian"), max_length=LABEL_LENGTH, required=False)
    label_en = forms.CharField(
        label=_("Name in English"),
        max_length=LABEL_LENGTH,
        required=False,
        help_text=_("One name is enough: the other language then shows it too."),
    )
    code = forms.CharField(
        label=_("Name at the API"),
        max_length=CODE_LENGTH,
        required=False,
        help_text=_("Left empty it is made from the name. It never changes."),
    )
    kind = forms.ChoiceField(label=_("What it holds"), choices=KINDS)
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False, initial="EUR")
    hint = forms.CharField(
        label=_("Hint"),
        max_length=HINT_LENGTH,
        required=False,
        help_text=_("Stands under the field and says what is meant."),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)
    stages = forms.MultipleChoiceField(label=_("Stages"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, entity: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.code, str(role)) for role in Role.objects.all()]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        self.fields["stages"].choices = entity_named(entity).stages  # type: ignore[attr-defined]
        self.choices = ChoiceFormSet(
            self.data if self.is_bound else None, initial=kwargs.get("initial", {}).get("choices", []), prefix="choice"
        )
        self.wrong_choices: list[str] = []

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.choices.is_valid()])

    @property
    def facts(self) -> dict[str, Any]:
        """What verbs take."""
        found = super().facts
        found["required"] = {"roles": found.pop("roles"), "stages": found.pop("stages")}
        found["choices"] = [form.cleaned_data for form in self.choices if form.cleaned_data]
        return found

    def refuse(self, error: Any) -> None:
        """What is refused of the choices stands above them."""
        self.wrong_choices += [str(sentence) for sentence in error.fields.pop("choices", [])]
        super().refuse(error)


class ChoiceForm(FiloForm):
    """One choice; without a name it is none."""

    code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    it = forms.CharField(label=_("In Italian"), required=False, max_length=LABEL_LENGTH)
    en = forms.CharField(label=_("In English"), required=False, max_length=LABEL_LENGTH)
    retired = forms.BooleanField(label=_("No longer offered"), required=False)


ChoiceFormSet = formset_factory(ChoiceForm, extra=3, max_num=MOST_CHOICES, absolute_max=MOST_CHOICES * 2)


class NumberField(forms.CharField):
    """A number as Italians or English people type it, kept as plain decimal text."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        """The plain text. Raises `ValidationError` for what is no number."""
        return plain_number(super().to_python(value) or "")

    def clean(self, value: Any) -> str:
        """Also refuses what reads as no number."""
        found: str = super().clean(value)
        if found and not re.fullmatch(r"[+-]?\d+(\.\d+)?", found):
            raise forms.ValidationError(gettext("Write a number, for instance %(example)s.") % {"example": example()})
        return found

    def prepare_value(self, value: Any) -> Any:
        """The plain text with the decimal sign of the language; what was typed stays as it was."""
        return value.replace(".", get_format("DECIMAL_SEPARATOR")) if isinstance(value, Plain) else value


class Plain(str):
    """Plain decimal text that comes from the row and not from who types."""

    __slots__ = ()


def plain_number(text: str) -> str:
    """€ 1.250,50 (Italian) or €1,250.50 (English) as 1250.50; what is no number comes back as it is."""
    found = re.sub(r"[\s\u00a0\u202f'€$£]", "", text)
    decimal, thousands = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    grouped = rf"[+-]?\d{{1,3}}({re.escape(thousands)}\d{{3}})+({re.escape(decimal)}\d+)?"
    if re.fullmatch(grouped, found):
        found = found.replace(thousands, "")
    return found.replace(decimal, ".") if found.count(decimal) == 1 and "." not in found.replace(decimal, "") else found


def example() -> str:
    """A number with decimals as the language writes it."""
    return f"1250{get_format('DECIMAL_SEPARATOR')}50"


class ValuesForm(FiloForm):
    """The fields of an entity on its form, each under `fields.CODE`.

    `values` are those it has now; `stages` those it is in. A relation to somebody whom this principal does not see
    is not on the form, so that saving leaves it as it is.
    """

    def __init__(
        self,
        principal: Principal,
        entity: str,
        *,
        values: Mapping[str, Any],
        stages: Collection[str] = (),
        data: Any = None,
    ) -> None:
        fields = fields_of(entity)
        super().__init__(data, initial={field.name: _initial(field, values.get(field.code)) for field in fields})
        sent = {field.code: _sent_id(data, field) for field in fields if field.kind == "relation"}
        self.names = names_in(principal, fields, [dict(values), {code: text for code, text in sent.items() if text}])
        for field in fields:
            if field.kind == "relation" and values.get(field.code) and UUID(values[field.code]) not in self.names:
                continue
            self.fields[field.name] = _input(field, values.get(field.code), why_required(principal, field, stages))

    def name_chosen(self, name: str) -> str:
        """The name of whom a relation names, as it stands on the form."""
        text = str(self[name].value() or "")
        return self.names.get(UUID(text), "") if _is_id(text) else ""


def _initial(field: CustomField, value: Any) -> Any:
    return Plain(value) if isinstance(value, str) and field.column == "number" else value


def _sent_id(data: Any, field: CustomField) -> str:
    text = str(data.get(field.name) or "") if data else ""
    return text if _is_id(text) else ""


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _input(field: CustomField, kept: Any, required: str) -> forms.Field:
    found = _bare(field, kept)
    found.label, found.help_text = field.label, field.hint
    found.required = bool(required)
    found.error_messages["required"] = required
    found.widget.is_required = found.required
    found.custom = field  # type: ignore[attr-defined]
    return found


def _bare(field: CustomField, kept: Any) -> forms.Field:
    if field.kind in ("number", "money"):
        return NumberField()
    if field.kind == "date":
        return DayField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "–"), *field.offered(kept).items()])
    if field.kind == "choices":
        return forms.MultipleChoiceField(choices=list(field.offered(kept).items()), widget=forms.CheckboxSelectMultiple)
    if field.kind == "relation":
        return forms.CharField(max_length=40, widget=forms.HiddenInput)
    if field.kind == "long-text":
        return forms.CharField(max_length=LONG_TEXT, widget=forms.Textarea({"rows": 3}))
    return forms.CharField(max_length=TEXT_LENGTH)


class DayField(forms.DateField):
    """A day, given on as ISO text."""

    def clean(self, value: Any) -> Any:
        """The day as text, None when there is none."""
        found = super().clean(value)
        return found.isoformat() if found else None
