"""What the list of customers may be narrowed by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.fields.filters import filters_of
from filo.foundation.filters.conditions import CHOICE, PAST, Condition, among, by_moment, moments_of, values_of
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import WORDS, codes, labels, names_of, words_in
from filo.foundation.italy.places import province_code
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.models import Address, ContactPoint, LastContact, Reach
from filo.operational.parties.models.contact import CONTACT_TYPES
from filo.operational.parties.models.party import KINDS, LANGUAGES
from filo.operational.parties.models.relationship import STAGES

HEARD = (*PAST, "empty", "set")
Pairs = Callable[[Principal], list[tuple[str, str]]]


def _tie(path: str, *, named: Any = None) -> Condition:
    """A fact of one relationship (a row of `Reach`), by id or code; "none" is no value at all."""

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        found = Q(**{f"{path}__isnull": True}) if "none" in wanted else Q(pk__in=[])
        rest = [part for part in wanted if part != "none"]
        if rest:
            found |= Q(**{f"{path}__in": _ids(rest, named, principal)})
        return Q(direct=True, relationship__isnull=False) & found

    return condition


def _tied(name: str, label: Any, tie: Condition, choices: Pairs) -> FilterField:
    """A field of relationships: alone it asks whether there is a visible one like this, or none."""

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        rows = Reach.objects.visible_to(principal).filter(tie(principal, operator, value), party=OuterRef("pk"))
        return ~Q(Exists(rows)) if operator == "is-not" else Q(Exists(rows))

    return FilterField(name, label, CHOICE, condition, choices, tie=tie)


def _ids(wanted: list[str], named: Any, principal: Principal) -> list[Any]:
    if named is None:
        return list(wanted)
    if named == "person":
        return [principal.user_id if part == "me" else UUID(part) for part in wanted]
    known = list(named.objects.values_list("code", "pk"))
    found = dict(known) | {str(pk): pk for _code, pk in known}
    if not set(wanted) <= found.keys():
        raise ValueError
    return [found[part] for part in wanted]


def _stage(principal: Principal, operator: str, value: Any) -> Q:
    if not set(values_of(operator, value)) <= {code for code, _label in STAGES}:
        raise ValueError
    return _tie("stage")(principal, operator, value)


_LAST_CONTACT = by_moment("last_contact_at")


def _last_contact(principal: Principal, operator: str, value: Any) -> Q:
    """By the contacts that this principal may know of: the column tells of all of them, so it serves who sees all."""
    if principal.scope("interaction", "view") is Scope.ALL and principal.company_ids is None:
        return _LAST_CONTACT(principal, operator, value)
    contacts = LastContact.objects.visible_to(principal).filter(party=OuterRef("pk"))
    ever = Q(Exists(contacts))
    if operator in ("empty", "set"):
        return ever if operator == "set" else ~ever
    since, until = moments_of(operator, value)
    found = Q(Exists(contacts.filter(at__gte=since))) if since else Q()
    if until:
        found &= ~Q(Exists(contacts.filter(at__gte=until)))
    return found & ever if operator == "before" else found


def _place(path: str, read: Callable[[str], str]) -> Callable[[Principal, str, Any], Q]:
    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        wanted = [read(part) for part in values_of(operator, value)]
        found = Q(Exists(Address.objects.filter(**{f"{path}__in": wanted}, party=OuterRef("pk")).order_by()))
        return ~found if operator == "is-not" else found

    return condition


def _province(text: str) -> str:
    code = province_code(text)
    if code is None:
        raise ValueError
    return code


def _has_point(_principal: Principal, operator: str, value: Any) -> Q:
    wanted = values_of(operator, value)
    found = Q(Exists(ContactPoint.objects.filter(type__in=wanted, party=OuterRef("pk")).order_by()))
    return ~found if operator == "is-not" else found


def _companies(principal: Principal) -> list[tuple[str, str]]:
    rows = SellingCompany.objects.all()
    if principal.company_ids is not None:
        rows = rows.filter(pk__in=principal.company_ids)
    return [(row.code, row.name) for row in rows]


def _people(_principal: Principal) -> list[tuple[str, str]]:
    people = [(str(user.id), user.name) for user in active_people()]
    return [("me", _("me")), ("none", _("nobody")), *people]


PARTY_FILTERS = FilterSet.of(
    _tied("stage", gettext_lazy("Stage"), _stage, labels(STAGES)),
    _tied("owner", gettext_lazy("Who follows it"), _tie("owner", named="person"), _people),
    _tied("area", gettext_lazy("Area"), _tie("area", named=Area), names_of(Area)),
    _tied("company", gettext_lazy("Company"), _tie("company", named=SellingCompany), _companies),
    _tied("product_line", gettext_lazy("Product line"), _tie("product_line", named=ProductLine), names_of(ProductLine)),
    _tied("channel", gettext_lazy("Channel"), _tie("channel", named=Channel), names_of(Channel)),
    _tied("unit", gettext_lazy("Unit"), _tie("unit", named=Unit), names_of(Unit)),
    FilterField("kind", gettext_lazy("Kind"), CHOICE, among("kind", codes(KINDS)), labels(KINDS)),
    FilterField("last_contact", gettext_lazy("Last contact"), HEARD, _last_contact, never_is_old=True),
    FilterField("created", gettext_lazy("Entered"), PAST, by_moment("created_at")),
    FilterField("province", gettext_lazy("Province"), CHOICE, _place("province", _province)),
    FilterField("city", gettext_lazy("City"), CHOICE, _place("city", str)),
    FilterField("reached_by", gettext_lazy("Can be reached by"), CHOICE, _has_point, labels(CONTACT_TYPES)),
    FilterField("language", gettext_lazy("Language"), CHOICE, among("language", codes(LANGUAGES)), labels(LANGUAGES)),
    FilterField("sector", gettext_lazy("Sector"), WORDS, words_in("sector", exact="")),
    FilterField(
        "vat_number",
        gettext_lazy("VAT number"),
        ("is", "empty", "set"),
        words_in("vat_number", exact=""),
        mask=("party", "vat_number"),
    ),
    FilterField(
        "codice_fiscale",
        gettext_lazy("Codice fiscale"),
        ("is", "empty", "set"),
        words_in("codice_fiscale", exact=""),
        mask=("party", "codice_fiscale"),
    ),
)
PARTY_FILTERS.with_source(filters_of("party"))
