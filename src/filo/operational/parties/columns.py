"""The columns that the list of customers can show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.words import words_of_value
from filo.foundation.lists.columns import Column, ColumnSet
from filo.foundation.web.templatetags.web import ago, short_day
from filo.operational.parties.addresses import party_url
from filo.operational.parties.models.party import KINDS, LANGUAGES
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.queries.by_field import SORTED_KINDS
from filo.operational.parties.queries.lists import Row

_WHO = (
    '<span class="who"><span class="avatar" data-size="s" data-tone="{}" aria-hidden="true">{}</span>'
    '<a href="{}">{}</a></span>'
)
_KNOT = '<span class="badge" data-mean="thread"><span class="knot" data-n="{}"></span>{}</span>'
_LABELS = {**dict(KINDS), **dict(STAGES), **dict(LANGUAGES)}


def _name(row: Row) -> SafeString:
    party = row.party
    return format_html(_WHO, party.tone, party.initials, party_url(party.id), party.display_name)


def _stage(row: Row) -> SafeString:
    if row.main is None:
        return format_html('<span class="muted">{}</span>', _("Contact"))
    return format_html(_KNOT, row.main.place, str(_LABELS[row.main.stage]))


def _owner(row: Row) -> str:
    return row.main.owner.name if row.main and row.main.owner else ""


def _of_main(name: str) -> Callable[[Row], str]:
    """A dimension of the relationship that is furthest along."""
    return lambda row: str(getattr(row.main, name) or "") if row.main else ""


def _fact(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.party, name)


def _label(name: str) -> Callable[[Row], str]:
    return lambda row: str(_LABELS.get(getattr(row.party, name), ""))


def _day(name: str) -> Callable[[Row], str]:
    return lambda row: short_day(getattr(row.party, name))


def _point(*types: str) -> Callable[[Row], SafeString | str]:
    """The first way of these types to reach somebody, the preferred one before the others."""

    def cell(row: Row) -> SafeString | str:
        found = [point for point in row.points if point.type in types]
        if not found:
            return ""
        best = min(found, key=lambda point: (types.index(point.type), not point.preferred, point.position))
        return format_html('<a href="{}">{}</a>', best.href, best.shown)

    return cell


def _masked(name: str, label: Any) -> Column:
    return Column(name, label, _fact(name), mask=("party", name), edit=True)


PARTY_COLUMNS = ColumnSet.of(
    Column("name", gettext_lazy("Name"), _name, sort="name"),
    Column("stage", gettext_lazy("Stage"), _stage, edit=True),
    Column("place", gettext_lazy("Place"), lambda row: row.place, style="muted"),
    Column("owner", gettext_lazy("Who follows it"), _owner, edit=True),
    Column(
        "last_contact",
        gettext_lazy("Last contact"),
        lambda row: ago(row.last_contact_at),
        sort="-last_contact",
        style="muted",
    ),
    Column("phone", gettext_lazy("Phone"), _point("mobile", "phone"), style="num", needs="points"),
    Column("email", gettext_lazy("E-mail"), _point("email", "pec"), needs="points"),
    Column("area", gettext_lazy("Area"), _of_main("area"), needs="ties"),
    Column("unit", gettext_lazy("Unit"), _of_main("unit"), needs="ties"),
    Column("company", gettext_lazy("Company"), _of_main("company"), needs="ties"),
    Column("product_line", gettext_lazy("Product line"), _of_main("product_line"), needs="ties"),
    Column("channel", gettext_lazy("Channel"), _of_main("channel"), needs="ties"),
    Column("kind", gettext_lazy("Kind"), _label("kind"), style="muted"),
    Column("sector", gettext_lazy("Sector"), _fact("sector"), edit=True),
    _masked("vat_number", gettext_lazy("VAT number")),
    _masked("codice_fiscale", gettext_lazy("Codice fiscale")),
    Column("sdi_code", gettext_lazy("SDI code"), _fact("sdi_code"), edit=True),
    Column("birth_date", gettext_lazy("Date of birth"), _day("birth_date"), mask=("party", "birth_date"), edit=True),
    Column("language", gettext_lazy("Language"), _label("language"), edit=True),
    Column("source", gettext_lazy("Source"), _fact("source"), style="muted"),
    Column("created", gettext_lazy("Entered"), _day("created_at"), sort="-created", style="muted"),
    Column("updated", gettext_lazy("Changed"), _day("updated_at"), sort="-updated", style="muted"),
    usual=("stage", "place", "owner", "last_contact"),
)


def _of_fields(_principal: Principal) -> list[Column]:
    """Fields of one's own, but for those that lead to other customers."""
    return [_of_field(field) for field in fields_of("party") if field.kind not in ("relation", "long-text")]


def _of_field(field: CustomField) -> Column:
    return Column(
        field.name,
        field.label,
        lambda row: words_of_value(field, row.party.fields.get(field.code), is_short=True),
        sort=field.name if field.kind in SORTED_KINDS else "",
        style="end" if field.kind in ("number", "money") else "",
        edit=True,
    )


PARTY_COLUMNS.with_source(_of_fields)
