"""The firm behind the customers: Gruppo Aurora with the sales force of a large house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from filo.config.demo import build
from filo.config.demo.company import BUILDER
from filo.config.demo.staff import PASSWORD
from filo.foundation.access.services import make_ready_roles
from filo.foundation.accounts.models import User
from filo.foundation.accounts.services import add_person
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.organisation.services import add_unit
from filo.operational.interactions.models import Outcome

OFFICES_AN_AREA, AGENTS_AN_OFFICE = 7, 10
# Units of the demo company that have offices below them.
AREA_UNITS = ("area-nord", "area-centro", "area-sud")


@dataclass(frozen=True)
class Agent:
    """Who works customers: ids as 32 hex digits."""

    id: str
    name: str
    unit: str
    area: str


@dataclass(frozen=True)
class Firm:
    """What customers are tied to, by ids as 32 hex digits."""

    companies: Mapping[str, str]
    lines: Mapping[str, list[str]]  # of a company's code
    channels: list[str]
    areas: Mapping[str, str]
    units: Mapping[str, str]  # of an area's code: the unit that customers without an owner go to
    agents: Mapping[str, list[Agent]]  # of an area's code
    outcomes: Mapping[str, list[str]]  # codes of a channel's outcomes


def the_firm() -> Firm:
    """Gruppo Aurora with its people and no customers, and some two hundred agents in offices below the areas."""
    build.load(empty=True)
    if not Unit.objects.filter(name="Ufficio Nord 1").exists():
        _add_offices()
    return _read()


def _add_offices() -> None:
    role, password = make_ready_roles()["agent"], make_password(PASSWORD)
    for code in AREA_UNITS:
        above, name = Unit.objects.get(code=code), code.removeprefix("area-")
        for number in range(1, OFFICES_AN_AREA + 1):
            office = add_unit(BUILDER, name=f"Ufficio {name.title()} {number}", parent=above)
            for place in range(1, AGENTS_AN_OFFICE + 1):
                add_person(
                    BUILDER,
                    email=f"agente.{name}.{number}.{place}@aurora.example",
                    given_name=f"Agente {name.title()}",
                    family_name=f"{number}-{place}",
                    role=role,
                    unit=office,
                    language="it",
                    password_hash=password,
                )


def _read() -> Firm:
    companies = {row.code: row.id.hex for row in SellingCompany.objects.all()}
    lines: dict[str, list[str]] = {code: [] for code in companies}
    for line in ProductLine.objects.select_related("company"):
        lines[line.company.code].append(line.id.hex)
    outcomes: dict[str, list[str]] = {}
    for outcome in Outcome.objects.all():
        outcomes.setdefault(outcome.channel, []).append(outcome.id.hex)
    units = {unit.code: unit for unit in Unit.objects.all()}
    return Firm(
        companies=companies,
        lines=lines,
        channels=[row.id.hex for row in Channel.objects.all()],
        areas={row.code: row.id.hex for row in Area.objects.all()},
        units={code.removeprefix("area-"): units[code].id.hex for code in AREA_UNITS},
        agents={code.removeprefix("area-"): _agents_below(units[code]) for code in AREA_UNITS},
        outcomes=outcomes,
    )


def _agents_below(unit: Unit) -> list[Agent]:
    people = User.objects.filter(role__code="agent", unit__path__startswith=unit.path).order_by("email")
    area = unit.code.removeprefix("area-")
    return [Agent(user.id.hex, user.name, user.unit_id.hex if user.unit_id else "", area) for user in people]
