"""What people type about products, as clean values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import read_number, typed_number_words
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.catalogue.models import CONDITIONS, STATUSES, UNITS, Product, VatClass

AREA = forms.Textarea(attrs={"rows": 4})
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NumberField(forms.Field):
    """A number as people type it, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()[:40]
        if not text:
            return None
        try:
            return read_number(text)
        except ValueError:
            raise forms.ValidationError(_("This is not a number.")) from None

    def prepare_value(self, value: Any) -> Any:
        return typed_number_words(value) if isinstance(value, Decimal) else value


def features_of(text: str) -> dict[str, str]:
    """`material: linen`, a line each."""
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _colon, value in pairs if value.strip()}


def values_of_lines(text: str) -> dict[str, list[str]]:
    """`Size: S, M, L`, a line for each attribute."""
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return {
        name.strip(): [value.strip() for value in values.replace(";", ",").split(",") if value.strip()]
        for name, _colon, values in pairs
    }


class ProductForm(FiloForm):
    """Facts of a product; a new one is also told its price, its cost and its values."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    code = forms.CharField(label=_("Code"), max_length=60)
    category = forms.CharField(label=_("Category"), max_length=120, required=False)
    brand = forms.CharField(label=_("Brand"), max_length=80, required=False)
    company = forms.ModelChoiceField(
        label=_("Company"), queryset=SellingCompany.objects.none(), required=False, empty_label=_("all companies")
    )
    line = forms.ModelChoiceField(label=_("Product line"), queryset=ProductLine.objects.none(), required=False)
    vat = forms.ModelChoiceField(label=_("VAT"), queryset=VatClass.objects.none(), empty_label=None)
    unit = forms.ChoiceField(label=_("Unit of measure"), choices=UNITS)
    condition = forms.ChoiceField(label=_("Condition"), choices=CONDITIONS)
    status = forms.ChoiceField(label=_("Status"), choices=STATUSES, initial="active")
    description = forms.CharField(label=_("Description"), widget=AREA, required=False)
    features = forms.CharField(
        label=_("Features"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One on each line, as Material: linen"),
    )
    stocked = forms.BooleanField(label=_("Kept in stock"), required=False, initial=True)
    low_at = forms.IntegerField(
        label=_("Low stock at"),
        min_value=0,
        required=False,
        help_text=_("With so many left of a variant, or fewer, it stands among what is to be ordered."),
    )
    reserved = forms.BooleanField(
        label=_("In reserved catalogues only"),
        required=False,
        help_text=_("Customers see it only in catalogues that are open to them."),
    )
    visible_from = forms.DateField(label=_("Shown from"), required=False, widget=DAY)
    visible_until = forms.DateField(label=_("Shown until"), required=False, widget=DAY)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = SellingCompany.objects.all()
        if principal.company_ids is not None:
            companies = companies.filter(pk__in=principal.company_ids)
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]
        self.fields["line"].queryset = ProductLine.objects.all()  # type: ignore[attr-defined]
        self.fields["vat"].queryset = VatClass.objects.filter(active=True)  # type: ignore[attr-defined]
        categories = Product.objects.visible_to(principal).exclude(category="").order_by("category")
        self.categories = list(categories.values_list("category", flat=True).distinct()[:200])
        self.fields["category"].widget.attrs["list"] = "categories"

    def facts(self) -> dict[str, Any]:
        """As the verbs take them."""
        clean = self.cleaned_data
        plain = (
            *("name", "code", "category", "brand", "unit", "condition", "status", "description"),
            *("stocked", "low_at", "reserved", "visible_from", "visible_until"),
        )
        keys = {f"{name}_id": clean[name].pk if clean[name] else None for name in ("company", "line", "vat")}
        return {name: clean[name] for name in plain} | keys | {"facts": features_of(clean["features"])}


class NewProductForm(ProductForm):
    """The same with a price, a cost and what its variants differ by."""

    price = NumberField(label=_("Base price, without VAT"), required=False)
    cost = NumberField(label=_("Cost"), required=False)
    grid = forms.CharField(
        label=_("Variants"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("Size: S, M, L")}),
        help_text=_("What it comes in, one attribute on each line: a variant is made of each combination."),
    )


def initial_of(product: Product) -> dict[str, Any]:
    """A product as its form shows it."""
    names = [name for name in ProductForm.base_fields if name != "features"]
    features = "\n".join(f"{name}: {value}" for name, value in product.facts.items())
    return {name: getattr(product, name) for name in names} | {"features": features}


class TextForm(FiloForm):
    """A product in the other language."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    description = forms.CharField(label=_("Description"), widget=AREA, required=False)
