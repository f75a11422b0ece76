"""What people type about a party, as clean values; rules stay in `drafts.py`."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.errors import InvalidFields
from filo.foundation.fields.forms import ValuesForm
from filo.foundation.italy.titles import TITLES
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.web.forms import FiloForm
from filo.operational.parties.models.contact import ADDRESS_USES, CONTACT_TYPES
from filo.operational.parties.models.links import RELATION_ROLES
from filo.operational.parties.models.party import GENDERS, LANGUAGES
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.own_fields import ENTITY, among_facts

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

FROM_ABROAD = _("From abroad with its country in front: DE136695976.")


class PersonForm(FiloForm):
    """Who a person is."""

    title = forms.CharField(label=_("Title"), required=False, max_length=20, widget=forms.TextInput({"list": "titles"}))
    given_name = forms.CharField(
        label=_("Given name"), required=False, max_length=120, help_text=_("A given name or a family name is enough.")
    )
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=120)
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    birth_date = forms.DateField(label=_("Date of birth"), required=False, widget=DAY)
    codice_fiscale = forms.CharField(label=_("Codice fiscale"), required=False, max_length=32)
    vat_number = forms.CharField(label=_("VAT number"), required=False, max_length=32, help_text=FROM_ABROAD)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    sector = forms.CharField(label=_("Sector"), required=False, max_length=120)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea({"rows": 3}))


class OrganisationForm(FiloForm):
    """What an organisation is."""

    legal_name = forms.CharField(label=_("Name"), max_length=260)
    vat_number = forms.CharField(label=_("VAT number"), required=False, max_length=32, help_text=FROM_ABROAD)
    codice_fiscale = forms.CharField(label=_("Codice fiscale"), required=False, max_length=32)
    sdi_code = forms.CharField(
        label=_("SDI code"),
        required=False,
        max_length=16,
        help_text=_("Seven characters, six for a public office: where its electronic invoices go."),
    )
    sector = forms.CharField(label=_("Sector"), required=False, max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea({"rows": 3}))


class PointForm(FiloForm):
    """One way to reach a party; an empty value is no way."""

    type = forms.ChoiceField(label=_("Kind"), choices=CONTACT_TYPES)
    value = forms.CharField(label=_("Number or address"), required=False, max_length=320)
    label = forms.CharField(label=_("Note"), required=False, max_length=60)
    preferred = forms.BooleanField(label=_("Preferred"), required=False)


class AddressForm(FiloForm):
    """One address; an empty one is none."""

    use = forms.ChoiceField(label=_("Use"), choices=ADDRESS_USES)
    street = forms.CharField(label=_("Street and number"), required=False, max_length=200)
    postal_code = forms.CharField(label=_("Postal code"), required=False, max_length=16)
    city = forms.CharField(label=_("City"), required=False, max_length=120)
    province = forms.CharField(label=_("Province"), required=False, max_length=60)
    country = forms.CharField(label=_("Country"), initial="IT", max_length=2)
    locality = forms.CharField(required=False, widget=forms.HiddenInput)
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, widget=forms.HiddenInput)


class RelationshipForm(FiloForm):
    """What a new party is to us."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=SellingCompany.objects.none())
    product_line = forms.ModelChoiceField(
        label=_("Product line"),
        queryset=ProductLine.objects.all(),
        required=False,
        empty_label=_("All products"),
    )
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.all(), required=False)
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=Channel.objects.all(), required=False)
    owner = forms.ModelChoiceField(label=_("Followed by"), queryset=User.objects.none(), required=False)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = SellingCompany.objects.all()
        if principal.company_ids is not None:
            companies = companies.filter(pk__in=principal.company_ids)
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]
        self.fields["company"].initial = companies.first()
        people = (
            active_people() if principal.may("party", "assign") else active_people().filter(pk__in=[principal.user_id])
        )
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


WHAT_IS_OPEN = _("Open deals, quotes and tasks go from who followed it to who follows it now.")


class AssignForm(RelationshipForm):
    """Who works a customer and where he belongs."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.all(), required=False)
    members = forms.ModelMultipleChoiceField(
        label=_("Also worked by"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_work = forms.BooleanField(
        label=_("What is open goes along"), required=False, initial=True, help_text=WHAT_IS_OPEN
    )

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(principal, *args, **kwargs)
        del self.fields["company"], self.fields["product_line"]
        self.fields["members"].queryset = active_people()  # type: ignore[attr-defined]


class StageForm(FiloForm):
    """A move by hand, with its reason."""

    stage = forms.ChoiceField(label=_("Stage"), choices=STAGES)
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea({"rows": 2}))


class RelationForm(FiloForm):
    """Who is what to whom."""

    role = forms.ChoiceField(label=_("Is"), choices=[(code, there) for code, there, _back in RELATION_ROLES])
    to = forms.UUIDField(label=_("Whom"), widget=forms.HiddenInput)
    job_title = forms.CharField(label=_("Role in the firm"), required=False, max_length=120)
    valid_from = forms.DateField(label=_("From"), required=False, widget=DAY)
    valid_to = forms.DateField(label=_("Until"), required=False, widget=DAY)


PointFormSet = formset_factory(PointForm, extra=2, max_num=60)
AddressFormSet = formset_factory(AddressForm, extra=1, max_num=30)


class PartyForms:
    """The forms of one party together: facts, contact points, addresses, and the firm's own fields."""

    def __init__(
        self,
        principal: Principal,
        kind: str,
        *,
        facts: Mapping[str, Any],
        stages: Collection[str] = (),
        data: Any = None,
    ) -> None:
        form_class = PersonForm if kind == "person" else OrganisationForm
        self.kind = kind
        self.facts = form_class(data, initial=dict(facts))
        for name in principal.hidden("party"):
            self.facts.fields.pop(name, None)
        points = facts.get("contact_points") or [{"type": "mobile"}, {"type": "email"}]
        blank = 1 if facts.get("contact_points") else 0
        self.points = _formset(PointFormSet, data, "point", points, blank)
        addresses = facts.get("addresses") or []
        self.addresses = _formset(AddressFormSet, data, "address", addresses, 0 if addresses else 1)
        self.own = ValuesForm(principal, ENTITY, values=among_facts(facts), stages=stages, data=data)
        self.titles = [found.italian for found in TITLES]

    def is_valid(self) -> bool:
        parts = (self.facts, self.points, self.addresses, self.own)
        return all([part.is_valid() for part in parts])  # noqa: C419  (all of them say what is wrong)

    @property
    def data(self) -> dict[str, Any]:
        """The raw facts that verbs take."""
        found = {**self.facts.cleaned_data, **self.own.cleaned_data}
        self._points = [form for form in self.points if (form.cleaned_data or {}).get("value")]
        self._addresses = [form for form in self.addresses if _says_something(form.cleaned_data or {})]
        found["contact_points"] = [form.cleaned_data for form in self._points]
        found["addresses"] = [{k: v for k, v in form.cleaned_data.items() if v != ""} for form in self._addresses]
        return found

    def refuse(self, error: InvalidFields) -> None:
        """Put what was refused at the fields it names, also within points and addresses."""
        rest: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for path, sentences in error.fields.items():
            name, _dot, tail = path.partition(".")
            forms_of = {"contact_points": self._points, "addresses": self._addresses}.get(name)
            if forms_of is None or not tail:
                (own if path in self.own.fields else rest)[path] = sentences
                continue
            place, _dot, field = tail.partition(".")
            for sentence in sentences:
                forms_of[int(place)].add_error(field if field in forms_of[int(place)].fields else None, str(sentence))
        self.facts.refuse(InvalidFields(rest))
        self.own.refuse(InvalidFields(own))


def _says_something(address: Mapping[str, Any]) -> bool:
    return any(address.get(name) for name in ("street", "postal_code", "city", "province"))


def _formset(factory: Any, data: Any, prefix: str, initial: list[Any], extra: int) -> BaseFormSet[Any]:
    found: BaseFormSet[Any] = factory(data, initial=initial, prefix=prefix)
    found.extra = extra
    return found


def base_of(facts: Mapping[str, Any]) -> str:
    """The facts a writer starts from, kept in the form so that two writers can be told apart."""
    return json.dumps(facts, default=str)


def read_base(text: str) -> dict[str, Any] | None:
    """The facts the writer started from; None when the form did not carry them."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
