"""The small named world that tests share: two companies, three areas, the owner, the teammate, the stranger."""

from __future__ import annotations

from dataclasses import dataclass, field

from filo.foundation.access.principal import Principal, system
from filo.foundation.access.services import make_ready_roles
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.accounts.services import add_person
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.organisation.services import found_firm, new_unit
from filo.operational.interactions.models import Interaction
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.relations import relate

PASSWORD = "a-long-enough-word"
BUILDER = system("world")


@dataclass
class World:
    """Names are places and people: `world.people["agent"]`, `world.parties["shared"]`."""

    companies: dict[str, SellingCompany] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    lines: dict[str, ProductLine] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)

    def principal(self, name: str) -> Principal:
        """Who this person is to the rules, read anew."""
        user = User.objects.select_related("role", "unit").get(pk=self.people[name].pk)
        return principal_of(user)


def build_world(*, scheme: str = "by-area") -> World:
    """Areas North and South; two agents of the North who share a customer; one of the South; inside people."""
    world = World()
    world.companies["moda"] = found_firm(name="Aurora", company="Aurora Moda", scheme=scheme)
    world.companies["casa"] = SellingCompany.objects.create(code="aurora-casa", name="Aurora Casa", position=1)
    root = Unit.objects.get(parent=None)
    world.units["root"] = root
    for code, name in (("nord", "Nord"), ("sud", "Sud")):
        unit = world.units[code] = new_unit(name=name, parent=root, code=code)
        world.areas[code] = Area.objects.create(code=code, name=name, default_unit=unit)
    Channel.objects.create(code="agents", name="Agenti")
    for code, company in (("donna", "moda"), ("uomo", "moda")):
        world.lines[code] = ProductLine.objects.create(code=code, name=code.title(), company=world.companies[company])
    _add_people(world)
    _add_parties(world)
    _add_story(world)
    return world


def _add_people(world: World) -> None:
    roles = make_ready_roles()
    people = (
        ("admin", "administrator", "root"),
        ("boss", "management", "root"),
        ("manager", "area-manager", "nord"),
        ("other_manager", "area-manager", "sud"),
        ("agent", "agent", "nord"),
        ("teammate", "agent", "nord"),
        ("stranger", "agent", "sud"),
        ("inside", "inside-sales", "root"),
        ("researcher", "researcher", "root"),
        ("operator", "care-operator", "root"),
    )
    for name, role, unit in people:
        world.people[name] = add_person(
            BUILDER,
            email=f"{name.replace('_', '.')}@aurora.example",
            given_name=name.replace("_", " ").title(),
            role=roles[role],
            unit=world.units[unit],
            password=PASSWORD,
        )


def _spec(
    world: World,
    owner: str | None,
    area: str,
    *,
    members: tuple[str, ...] = (),
    line: str = "",
    stage: str = "",
) -> RelationshipSpec:
    return RelationshipSpec(
        company=world.companies["moda"],
        product_line=world.lines[line] if line else None,
        area=world.areas[area],
        owner_id=world.people[owner].id if owner else None,
        members=tuple(world.people[name].id for name in members),
        stage=stage,
    )


def _add_parties(world: World) -> None:
    def organisation(key: str, name: str, *specs: RelationshipSpec, **facts: object) -> None:
        data = {"kind": "organisation", "legal_name": name, "language": "it", **facts}
        world.parties[key] = create_party(BUILDER, data, relationships=specs)

    mail = [{"type": "email", "value": "info@lanificio.example"}, {"type": "phone", "value": "02 1234567"}]
    place = [{"street": "Via Roma 1", "postal_code": "20121", "city": "Milano", "province": "MI"}]
    organisation("own", "Lanificio Bassi S.r.l.", _spec(world, "agent", "nord"), contact_points=mail, addresses=place)
    organisation(
        "shared",
        "Emporio Conti S.n.c.",
        _spec(world, "agent", "nord", line="donna", stage="customer"),
        _spec(world, "teammate", "nord", line="uomo"),
    )
    organisation("joined", "Boutique D'Àlò", _spec(world, "agent", "nord", members=("teammate",)))
    organisation("teammates", "Sartoria Riva", _spec(world, "teammate", "nord"))
    organisation("southern", "Moda Sud S.p.A.", _spec(world, "stranger", "sud"))
    organisation("nobodys", "Calzature Neri", _spec(world, None, "sud"))
    contact = {"kind": "person", "given_name": "Anna", "family_name": "Bassi", "title": "Sig.ra"}
    world.parties["contact"] = create_party(BUILDER, contact, relationships=[])
    relate(BUILDER, world.parties["contact"], to=world.parties["own"], role="contact", job_title="Acquisti")


def _add_story(world: World) -> None:
    for key, who, party in (
        ("agents_call", "agent", "shared"),
        ("teammates_call", "teammate", "shared"),
        ("strangers_call", "stranger", "southern"),
    ):
        world.interactions[key] = log_interaction(
            world.principal(who),
            world.parties[party],
            channel="call",
            direction="out",
            subject=f"subject of {key}",
            body=f"body of {key}",
        )
