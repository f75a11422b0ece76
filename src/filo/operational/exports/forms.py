"""What somebody says of an export, and how much may be taken out in a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict  # noqa: TID251  (the address of a list is read as lists read theirs)
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Exportable
from filo.foundation.filters.asking import tree_of
from filo.foundation.organisation.forms import SettingsForm
from filo.foundation.web.forms import FiloForm
from filo.operational.exports.formats import FORMATS
from filo.operational.exports.wishes import Wish

COLUMNS = [("listed", _("Those that the list shows")), ("all", _("All columns"))]


class ExportForm(FiloForm):
    """The form of the file and its columns."""

    form = forms.ChoiceField(label=_("File"), widget=forms.RadioSelect)
    columns = forms.ChoiceField(label=_("Columns"), choices=COLUMNS, widget=forms.RadioSelect, required=False)

    def __init__(self, exportable: Exportable, data: Any = None) -> None:
        super().__init__(data, initial={"form": "xlsx", "columns": "listed"}, auto_id="export_%s")
        fitting = [found for found in FORMATS.values() if found.by != "cards" or exportable.cards]
        self.fields["form"].choices = [(found.code, found.label) for found in fitting]  # type: ignore[attr-defined]
        if not exportable.usual:
            del self.fields["columns"]

    def wish(self, principal: Principal, exportable: Exportable, query: str) -> Wish:
        """What was said, about the list at this address. Raises `BadRequest` for a filter that is not declared."""
        found = wish_of(principal, exportable, query)
        names = found.columns if self.cleaned_data.get("columns") == "listed" else None
        return Wish(found.what, self.cleaned_data["form"], found.tree, found.words, found.sort, names)


class LimitsForm(SettingsForm):
    """Numbers of rows; empty is without limit."""

    token_alarm = forms.IntegerField(label=_("A token: alarm from"), min_value=0, required=False)
    token_most = forms.IntegerField(label=_("A token: at most"), min_value=0, required=False)
    person_alarm = forms.IntegerField(label=_("A person: alarm from"), min_value=0, required=False)
    person_most = forms.IntegerField(label=_("A person: at most"), min_value=0, required=False)


def wish_of(principal: Principal, exportable: Exportable, query: str) -> Wish:
    """The rows, order and columns that the address of a list stands for. Raises `BadRequest`."""
    asked = QueryDict(query)
    known = exportable.listed(principal)
    names = [name for name in asked.get("columns", "").split(",") if name in known]
    first = exportable.usual[:1]
    return Wish(
        what=exportable.code,
        form="csv",
        tree=tree_of(asked, exportable.filters, principal),
        words=asked.get("q", "")[:120],
        sort=asked.get("sort", "") or exportable.sort,
        columns=tuple(dict.fromkeys((*first, *names))) if names else (),
    )
