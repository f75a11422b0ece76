"""What people say of a view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.lists.models import AUDIENCES, SavedView
from filo.foundation.lists.policies import may_share
from filo.foundation.lists.services import ViewDraft
from filo.foundation.web.forms import FiloForm


class ViewForm(FiloForm):
    """Name and audience; for who looks after the settings also the roles whose list opens with it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    audience = forms.ChoiceField(label=_("Who has it"), choices=AUDIENCES, required=False)
    roles = forms.MultipleChoiceField(
        label=_("The list opens with it for"),
        help_text=_("Only a view for everyone can be the first of a role."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, principal: Principal, view: SavedView | None, data: Any = None) -> None:
        initial = {"name": view.name, "audience": view.audience, "roles": view.roles} if view else {"audience": "me"}
        super().__init__(data, initial=initial)
        if not may_share(principal) and (view is None or view.audience == "me"):
            del self.fields["audience"]
        if principal.may("settings", "edit"):
            roles = [(role.code, str(role)) for role in Role.objects.order_by("code")]
            self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        else:
            del self.fields["roles"]

    def clean_roles(self) -> list[str]:
        """Refused where few would have the view with which their list is to open. Raises `ValidationError`."""
        found: list[str] = self.cleaned_data["roles"]
        if found and self.cleaned_data.get("audience") != "everyone":
            raise forms.ValidationError(gettext("Only a view for everyone can be the first of a role."))
        return found

    def draft(self, query: str) -> ViewDraft:
        """What was said, for an address of the list."""
        found = self.cleaned_data
        return ViewDraft(found["name"], query, found.get("audience") or "me", found.get("roles"))
