"""What is said about a role: for every object and action how far it reaches, and which fields are hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.models import Role
from filo.foundation.access.objects import AccessObject, Scope, declared
from filo.foundation.access.queries import effective_grants, effective_masks, offered_scopes, ready_words
from filo.foundation.access.words import ACTION_LABELS, SCOPE_LABELS
from filo.foundation.organisation.forms import SettingsForm


@dataclass(frozen=True)
class Right:
    """One cell of the grid: the field, and what the ready role says where this one says otherwise."""

    field: forms.BoundField
    ready: str | Promise | None


@dataclass(frozen=True)
class Group:
    """One object with its rights and the box of its hidden fields."""

    label: str | Promise
    rights: list[Right]
    masks: forms.BoundField | None


class RoleNamesForm(SettingsForm):
    """The name of a role in both languages."""

    name_it = forms.CharField(label=_("Name in Italian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)

    @property
    def names(self) -> tuple[str, str]:
        return self.cleaned_data["name_it"], self.cleaned_data["name_en"]


class RoleForm(RoleNamesForm):
    """Names, rights and hidden fields of a role; a field of the grid is called `object.action`."""

    def __init__(self, role: Role, *args: Any, scheme: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ready = ready_words(role, scheme=scheme)
        now, hidden = effective_grants(role, scheme=scheme), effective_masks(role)
        for found in declared():
            for action in found.actions:
                self._add_right(found, action, now[found.code][action])
            if found.maskable:
                self.fields[f"{found.code}.masks"] = forms.MultipleChoiceField(
                    label=_("Not shown to this role"),
                    choices=list(found.maskable.items()),
                    initial=sorted(hidden[found.code]),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def _add_right(self, found: AccessObject, action: str, now: Scope) -> None:
        offered = sorted({*offered_scopes(found), now})
        self.fields[f"{found.code}.{action}"] = forms.ChoiceField(
            label=ACTION_LABELS.get(action, action),
            choices=[(scope.name.lower(), SCOPE_LABELS[scope]) for scope in offered],
            initial=now.name.lower(),
        )

    def groups(self) -> Iterator[Group]:
        """The grid, object by object."""
        for found in declared():
            rights = [self._right(found.code, action) for action in found.actions]
            yield Group(found.label, rights, self[f"{found.code}.masks"] if found.maskable else None)

    def _right(self, code: str, action: str) -> Right:
        field, ready = self[f"{code}.{action}"], self._ready[code][action]
        return Right(field, None if field.value() == ready else SCOPE_LABELS[Scope[ready.upper()]])

    @property
    def grants(self) -> dict[str, dict[str, str]]:
        """{object: {action: scope word}} as it was chosen."""
        return {
            found.code: {action: self.cleaned_data[f"{found.code}.{action}"] for action in found.actions}
            for found in declared()
        }

    @property
    def masks(self) -> dict[str, list[str]]:
        """{object: fields not shown} as it was chosen."""
        return {found.code: self.cleaned_data[f"{found.code}.masks"] for found in declared() if found.maskable}
