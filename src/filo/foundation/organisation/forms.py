"""What is typed in the settings of the firm; a form that carries a version loses nobody's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.italy.tax import is_odd_vat
from filo.foundation.organisation.kinds import Kind
from filo.foundation.organisation.models import SCHEMES, SellingCompany, Unit
from filo.foundation.organisation.queries import units_in_order
from filo.foundation.web.forms import FiloForm

# Indents a choice of the tree; ordinary spaces at the beginning would not be shown.
INDENT = "\u2003"


class SettingsForm(FiloForm):
    """A form that a verb answers: refusals stand at their fields, what was typed stays."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status = 422 if self.is_bound else 200

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def done(self, verb: Callable[[], object]) -> bool:
        """Whether the verb did it; if it refused, the form says why and keeps what was typed."""
        try:
            verb()
        except InvalidFields as error:
            self.refuse(error)
        except Stale as error:
            self._compare(error)
        except DomainError as error:
            if error.status != 409:
                raise
            self.status = 409
            self.add_error(None, str(error))
        else:
            return True
        return False

    def _compare(self, error: Stale) -> None:
        """Show theirs beside ours; saving again then writes ours over theirs, knowingly."""
        self.status = 412
        data = cast("MultiValueDict[str, str]", self.data).copy()
        data[self.add_prefix("version")] = str(self.refuse_stale(error))
        self.data = data


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit, chosen from the tree as it reads."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.all(), **kwargs)

    def offer(self, *, without: Unit | None = None) -> None:
        """Read the tree anew, without a unit and what is below it."""
        indented = [(unit.pk, f"{INDENT * depth}{unit.name}") for unit, depth in units_in_order(without=without)]
        empty = [] if self.required else [("", self.empty_label or "–")]
        self.widget.choices = [*empty, *indented]


class FirmForm(SettingsForm):
    """The firm as a whole."""

    name = forms.CharField(label=_("Name of the firm"), max_length=120)
    visibility_scheme = forms.ChoiceField(
        label=_("Who sees which customers"), choices=SCHEMES, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Default language"), choices=settings.LANGUAGES)
    time_zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("As in Europe/Rome."))


class UnitForm(SettingsForm):
    """A unit and its place in the tree."""

    name = forms.CharField(label=_("Name"), max_length=120)
    parent = UnitField(label=_("Stands under"))
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        required=False,
        help_text=_("For imports and programs. Left empty, it is made from the name."),
    )

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit is not None and unit.parent_id is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].offer(without=unit)  # type: ignore[attr-defined]


class DimensionForm(SettingsForm):
    """A company, area, channel or product line: the fields that its kind has."""

    name = forms.CharField(label=_("Name"), max_length=120)
    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.all(), empty_label=None)
    legal_name = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    odd_vat = forms.BooleanField(
        label=_("The check digit is wrong: keep it anyway"),
        required=False,
        help_text=_("For trying with sample files. The exchange rejects invoices with such a number."),
    )
    default_unit = UnitField(
        label=_("Unit that looks after it"),
        required=False,
        empty_label=_("None"),
        help_text=_("New customers of it go to this unit."),
    )
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        required=False,
        help_text=_("For imports and programs. Left empty, it is made from the name."),
    )

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _others(kind.fields):
            del self.fields[name]
        number = str((self.data if self.is_bound else self.initial).get("vat_number") or "")
        if "vat_number" not in self.fields or not is_odd_vat(number):
            del self.fields["odd_vat"]
        else:
            self.initial["odd_vat"] = True  # of one that is kept already
        self.fields["default_unit"].offer()  # type: ignore[attr-defined]


def _others(wanted: Iterable[str]) -> set[str]:
    return {"company", "legal_name", "vat_number"} - set(wanted)


class LookForm(SettingsForm):
    """How a company shows itself."""

    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    province = forms.CharField(label=_("Province"), max_length=4, required=False)
    country = forms.CharField(label=_("Country"), max_length=2, initial="IT")
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    colour = forms.CharField(
        label=_("Colour"), max_length=7, initial="#1f5f8b", widget=forms.TextInput(attrs={"type": "color"})
    )
    foot = forms.CharField(label=_("At the foot of each page"), max_length=300, required=False)
    logo = forms.FileField(label=_("Logo (PNG or JPEG, 2 MB at most)"), required=False)
    without_logo = forms.BooleanField(label=_("Without a logo"), required=False)
