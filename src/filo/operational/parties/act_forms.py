"""What people choose to do to many: a form for each act, which gives the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.fields.forms import ValuesForm
from filo.foundation.fields.models import CustomField
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.web.forms import FiloForm
from filo.operational.parties.forms import WHAT_IS_OPEN
from filo.operational.parties.models.party import LANGUAGES
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.services.many.acts import LONGEST, RIGHTS, Act, own_facts

NONE = "none"
Pairs = list[tuple[str, str]]


def _named(rows: Any) -> Pairs:
    return [(str(row.pk), row.name) for row in rows]


def _people() -> Pairs:
    return sorted(_named(active_people()), key=lambda pair: pair[1].casefold())


class ActForm(FiloForm):
    """An act on relationships; where there are several companies or lines it may be about one of them."""

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = SellingCompany.objects.all()
        lines = ProductLine.objects.select_related("company")
        if principal.company_ids is not None:
            companies = companies.filter(pk__in=principal.company_ids)
            lines = lines.filter(company__in=principal.company_ids)
        self._narrow("company", _("Only for the company"), _("All companies"), _named(companies))
        self._narrow("product_line", _("Only for the product line"), _("All products"), _named(lines))

    def _narrow(self, name: str, label: str, all_of_them: str, choices: Pairs) -> None:
        if len(choices) > 1:
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", all_of_them), *choices])

    def act(self) -> Act:
        """What was chosen."""
        found = self.cleaned_data
        company, line = found.get("company") or None, found.get("product_line") or None
        with_work = found.get("with_work", True)
        return Act(self.kind(), self.to(), found.get("reason", ""), company=company, line=line, with_work=with_work)

    def kind(self) -> str:
        raise NotImplementedError

    def to(self) -> dict[str, str | None]:
        raise NotImplementedError


class AssignForm(ActForm):
    """Who works them, and where they belong."""

    COLUMNS: Mapping[str, str] = {"owner": "owner_id", "area": "area_id", "channel": "channel_id", "unit": "unit_id"}
    owner = forms.ChoiceField(label=gettext_lazy("Followed by"), required=False)
    area = forms.ChoiceField(
        label=gettext_lazy("Area"), required=False, help_text=gettext_lazy("Its unit goes with it, if it has one.")
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    with_work = forms.BooleanField(
        label=gettext_lazy("What is open goes along"), required=False, initial=True, help_text=WHAT_IS_OPEN
    )

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(principal, *args, **kwargs)
        offered = {
            "owner": (_("Nobody"), _people()),
            "area": (_("None"), _named(Area.objects.all())),
            "channel": (pgettext("no channel", "None"), _named(Channel.objects.all())),
            "unit": (_("None"), _named(Unit.objects.all())),
        }
        for name, (none, choices) in offered.items():
            pairs = [("", _("Leave as it is")), *choices, (NONE, none)]
            self.fields[name].choices = pairs  # type: ignore[attr-defined]

    def kind(self) -> str:
        return "assign"

    def to(self) -> dict[str, str | None]:
        found = {column: self.cleaned_data[name] for name, column in self.COLUMNS.items() if self.cleaned_data[name]}
        return {column: None if value == NONE else value for column, value in found.items()}


class _MemberForm(ActForm):
    user = forms.ChoiceField(label=gettext_lazy("Colleague"))

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(principal, *args, **kwargs)
        self.fields["user"].choices = [("", "–"), *_people()]  # type: ignore[attr-defined]

    def to(self) -> dict[str, str | None]:
        return {"user": self.cleaned_data["user"]}


class JoinForm(_MemberForm):
    """A colleague who works them too."""

    def kind(self) -> str:
        return "member-add"


class LeaveForm(_MemberForm):
    """A colleague who works them no longer."""

    def kind(self) -> str:
        return "member-remove"


class StageForm(ActForm):
    """A move by hand, with its reason."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=STAGES)
    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def kind(self) -> str:
        return "stage"

    def to(self) -> dict[str, str | None]:
        return {"stage": self.cleaned_data["stage"]}


class _FactForm(ActForm):
    fact = ""

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super(ActForm, self).__init__(*args, **kwargs)

    def kind(self) -> str:
        return "fact"

    def to(self) -> dict[str, str | None]:
        return {self.fact: self.cleaned_data["value"]}


class SectorForm(_FactForm):
    """What they do."""

    fact = "sector"
    value = forms.CharField(
        label=gettext_lazy("Sector"),
        required=False,
        max_length=LONGEST["sector"],
        help_text=gettext_lazy("Left empty it is taken away."),
    )


class LanguageForm(_FactForm):
    """The language they are written to in."""

    fact = "language"
    value = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)


class SourceForm(_FactForm):
    """Where they came from."""

    fact = "source"
    value = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=LONGEST["source"],
        help_text=gettext_lazy("Left empty it is taken away."),
    )


class OwnFieldForm(_FactForm):
    """A field of the firm's own, with the input that it has on the form of a customer."""

    def __init__(self, field: CustomField, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(principal, *args, **kwargs)
        self.fact = field.name
        value = ValuesForm(principal, ENTITY, values={}).fields[field.name]
        value.help_text = field.hint if value.required else _("Left empty it is taken away.")
        self.fields["value"] = value

    def to(self) -> dict[str, str | None]:
        return {self.fact: self.cleaned_data["value"] or None}


class BinForm(_FactForm):
    """Nothing to say."""

    def kind(self) -> str:
        return "bin"

    def to(self) -> dict[str, str | None]:
        return {}


FormOf = Callable[..., ActForm]
# By the name of the act: its words, its icon, its form, its kind.
OFFERED: Mapping[str, tuple[str | Promise, str, FormOf, str]] = {
    "assign": (gettext_lazy("Assign"), "user-round-pen", AssignForm, "assign"),
    "join": (gettext_lazy("Add a colleague"), "user-plus", JoinForm, "member-add"),
    "leave": (gettext_lazy("Take a colleague out"), "user-x", LeaveForm, "member-remove"),
    "stage": (gettext_lazy("Move the stage"), "funnel", StageForm, "stage"),
    "sector": (gettext_lazy("Sector"), "building-2", SectorForm, "fact"),
    "language": (gettext_lazy("Language"), "globe", LanguageForm, "fact"),
    "source": (gettext_lazy("Source"), "upload", SourceForm, "fact"),
    "bin": (gettext_lazy("Move to the bin"), "trash-2", BinForm, "bin"),
}


def acts_known() -> dict[str, tuple[str | Promise, str, FormOf, str]]:
    """The same with the fields of the firm's own, before what throws away."""
    own = {
        name: (field.label, "text-cursor-input", partial(OwnFieldForm, field), "fact")
        for name, field in own_facts().items()
    }
    last = {"bin": OFFERED["bin"]}
    return {**{name: act for name, act in OFFERED.items() if name not in last}, **own, **last}


def offered_to(principal: Principal) -> list[tuple[str, str | Promise, str]]:
    """The acts that this principal's role allows: name, words, icon."""
    return [
        (name, words, icon)
        for name, (words, icon, _form, kind) in acts_known().items()
        if principal.may("party", RIGHTS[kind])
    ]
