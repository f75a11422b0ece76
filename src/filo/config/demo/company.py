"""Gruppo Aurora as it is divided: companies, product lines, areas, channels, units and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from filo.config.demo.staff import DOMAIN, PASSWORD, STAFF
from filo.foundation.access.principal import Principal, system
from filo.foundation.access.services import make_ready_roles
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.accounts.services import add_person
from filo.foundation.organisation.dimensions import add_dimension, edit_dimension
from filo.foundation.organisation.kinds import KINDS
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.organisation.services import add_unit, found_firm

BUILDER = system("Gruppo Aurora")

# (name, code of the unit above); the code of a unit is its name in small letters.
_UNITS = (
    ("Direzione", "gruppo-aurora"),
    ("Vendite", "gruppo-aurora"),
    ("Area Nord", "vendite"),
    ("Nord-Ovest", "area-nord"),
    ("Nord-Est", "area-nord"),
    ("Area Centro", "vendite"),
    ("Area Sud", "vendite"),
    ("Commerciale interno", "gruppo-aurora"),
    ("Ricerca", "gruppo-aurora"),
    ("Assistenza clienti", "gruppo-aurora"),
)
_AREAS = (("nord", "Nord"), ("centro", "Centro"), ("sud", "Sud"))
_CHANNELS = (("agenti", "Agenti"), ("negozi", "Negozi"), ("web", "Web"), ("telefono", "Telefono"))
_LINES = (
    ("donna", "Donna", "aurora-moda"),
    ("uomo", "Uomo", "aurora-moda"),
    ("bambino", "Bambino", "aurora-moda"),
    ("soggiorno", "Soggiorno", "aurora-casa"),
    ("ufficio", "Ufficio", "aurora-casa"),
    ("contract", "Contract", "aurora-casa"),
)


@dataclass(frozen=True)
class Company:
    """The structure by codes, and the people by their mailboxes."""

    companies: Mapping[str, SellingCompany]
    lines: Mapping[str, ProductLine]
    areas: Mapping[str, Area]
    channels: Mapping[str, Channel]
    people: Mapping[str, User]
    principals: Mapping[str, Principal]


def add_structure() -> None:
    """The firm with its companies, units, areas, channels and product lines."""
    moda = found_firm(name="Gruppo Aurora", company="Aurora Moda", scheme="by-area")
    facts = {"name": moda.name, "legal_name": "Aurora Moda S.r.l.", "vat_number": "04517820157"}
    edit_dimension(BUILDER, KINDS["companies"], moda, version=moda.version, fields=facts)
    casa = {"name": "Aurora Casa", "legal_name": "Aurora Casa S.r.l.", "vat_number": "02936410162"}
    add_dimension(BUILDER, KINDS["companies"], casa)
    units = {unit.code: unit for unit in Unit.objects.all()}
    for name, above in _UNITS:
        unit = add_unit(BUILDER, name=name, parent=units[above])
        units[unit.code] = unit
    for code, name in _AREAS:
        add_dimension(BUILDER, KINDS["areas"], _named(code, name, default_unit=units[f"area-{code}"]))
    for code, name in _CHANNELS:
        add_dimension(BUILDER, KINDS["channels"], _named(code, name))
    companies = {company.code: company for company in SellingCompany.objects.all()}
    for code, name, company in _LINES:
        add_dimension(BUILDER, KINDS["product-lines"], _named(code, name, company=companies[company]))


def _named(code: str, name: str, **more: object) -> dict[str, object]:
    return {"code": code, "name": name, **more}


def add_staff() -> None:
    """The people, who share one password, and so one hash of it."""
    roles, units = make_ready_roles(), {unit.code: unit for unit in Unit.objects.all()}
    password_hash = make_password(PASSWORD)
    for one in STAFF:
        add_person(
            BUILDER,
            email=one.email,
            given_name=one.given_name,
            family_name=one.family_name,
            role=roles[one.role],
            unit=units[one.unit],
            language=one.language,
            password_hash=password_hash,
        )


def the_company() -> Company:
    """Gruppo Aurora as it stands in the database."""
    users = User.objects.filter(email__endswith=f"@{DOMAIN}").select_related("role", "unit")
    people = {user.email.partition("@")[0]: user for user in users}
    return Company(
        companies={row.code: row for row in SellingCompany.objects.all()},
        lines={row.code: row for row in ProductLine.objects.all()},
        areas={row.code: row for row in Area.objects.select_related("default_unit")},
        channels={row.code: row for row in Channel.objects.all()},
        people=people,
        principals={mailbox: principal_of(user) for mailbox, user in people.items()},
    )
