"""Every rule says the same of one row and of many, and what is seen stays right while people and units move."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import filo
from filo.collaborative.connectors.models import Connection
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.knowledge.models import Article
from filo.collaborative.mailroom.models import IncomingMail, Mailbox
from filo.collaborative.telephony.models import PhoneCall
from filo.collaborative.trees.models import DecisionTree
from filo.foundation.access.models import Role
from filo.foundation.access.rules import Rule
from filo.foundation.access.services import make_ready_roles
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.accounts.services import edit_person
from filo.foundation.lists.models import SavedView
from filo.foundation.organisation.models import Firm, SellingCompany, Unit
from filo.foundation.organisation.services import edit_unit, new_unit
from filo.operational.activities.models import Appointment, Task
from filo.operational.approvals.models import Approval
from filo.operational.catalogue.models import Product
from filo.operational.deals.models import Deal
from filo.operational.interactions.models import Call, Interaction
from filo.operational.invoices.models import Invoice
from filo.operational.offers.models import Offer
from filo.operational.orders.models import Order
from filo.operational.parties.models import (
    Party,
    PartyRelation,
    Relationship,
    RelationshipMember,
    TimelineEntry,
)
from filo.operational.parties.services.reach import refresh
from filo.operational.parties.services.relations import relate, unrelate
from filo.operational.parties.services.relationships import assign_relationship
from filo.operational.payments.models import BankFile, Due, Payment
from filo.operational.prices.models import PriceList
from filo.operational.quotes.models import Quote
from filo.operational.service.models import Ticket
from filo.operational.transfer.models import ImportBatch
from filo.testing.standing import laid_world
from filo.testing.world import BUILDER

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
QUIET = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],  # shrinking takes longer than reading what failed
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
MANY = 40 if connection.vendor == "sqlite" else 15  # the rules are the same, their SQL is shown by few
# What each rule is about, by the first word of its name; a rule with another word fails the test below.
ABOUT: dict[str, type[models.Model]] = {
    "BANKFILE": BankFile,
    "DUE": Due,
    "OFFER": Offer,
    "PAYMENT": Payment,
    "PARTY": Party,
    "RELATIONSHIP": Relationship,
    "INTERACTION": Interaction,
    "TASK": Task,
    "TIMELINE": TimelineEntry,
    "IMPORT": ImportBatch,
    # Their rows are in the tests of their topics, against oracles of their own.
    "APPOINTMENT": Appointment,
    "ARTICLE": Article,
    "CALL": Call,
    "PHONE": PhoneCall,
    "CONNECTION": Connection,
    "CONVERSATION": Conversation,
    "APPROVAL": Approval,
    "DEAL": Deal,
    "QUOTE": Quote,
    "ORDER": Order,
    "INCOMING": IncomingMail,
    "INVOICE": Invoice,
    "MAILBOX": Mailbox,
    "PRICE": PriceList,
    "PRODUCT": Product,
    "TEAM": User,
    "TICKET": Ticket,
    "TREE": DecisionTree,
    "VIEW": SavedView,  # its rows are in foundation/lists/tests/test_views.py
}
ROLES = ("administrator", "management", "area-manager", "agent", "inside-sales", "researcher", "care-operator")
SCOPES = ("none", "own", "team", "unit", "all")


def rules() -> dict[str, Rule]:
    """Every rule that a module's policies offer."""
    found = {}
    for module in pkgutil.walk_packages(filo.__path__, "filo."):
        if module.name.endswith(".policies"):
            names = vars(import_module(module.name)).items()
            found |= {name: rule for name, rule in names if isinstance(rule, Rule) and not name.startswith("_")}
    return found


def test_every_rule_is_about_something_that_is_tested() -> None:
    assert {name.split("_")[0] for name in rules()} == set(ABOUT)


# --- one row and many rows agree ----------------------------------------------------------------------------


class Undo(Exception):
    """Takes back what an example built."""


def few(strategy: st.SearchStrategy[Any], *, most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, min_size=1, max_size=most)


place = st.integers(0, 5)
maybe = st.none() | place
firm_of_people = st.fixed_dictionaries(
    {
        "scheme": st.sampled_from(["open", "by-area"]),
        "units": few(place, most=4),
        "people": few(
            st.tuples(
                st.sampled_from(ROLES),
                maybe,
                st.sets(st.integers(0, 1), max_size=2),
                st.none() | st.sampled_from(SCOPES),
            ),
            most=5,
        ),
        "parties": few(
            st.fixed_dictionaries(
                {
                    "person": st.booleans(),
                    "contact_of": maybe,
                    "role": st.sampled_from(["contact", "supplier", "owner"]),
                    "ties": st.lists(
                        st.tuples(maybe, maybe, st.integers(0, 1), st.sets(place, max_size=2)), max_size=2
                    ),
                }
            ),
            most=5,
        ),
        "rows": st.lists(st.tuples(maybe, maybe, maybe, maybe, st.booleans()), max_size=6),
    }
)


@pytest.mark.django_db
@settings(QUIET, max_examples=MANY)
@given(drawn=firm_of_people)
def test_a_rule_says_the_same_of_one_row_and_of_many(drawn: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            people = build(drawn)
            for name, found in rules().items():
                agrees(name, found, people)
            raise Undo
    except Undo:
        pass


def agrees(name: str, found: Rule, people: list[User]) -> None:
    model = ABOUT[name.split("_")[0]]
    rows = list(model._default_manager.all())
    for user in people:
        principal = principal_of(User.objects.select_related("role", "unit").get(pk=user.pk))
        listed = set(model._default_manager.filter(found.rows(principal)).values_list("pk", flat=True))
        allowed = {row.pk for row in rows if found.allows(principal, row)}
        assert listed == allowed, f"{name} for {principal.role} of {principal.unit_id}"
        for row in rows[:2]:
            assert found.trace(principal, row).says == (row.pk in allowed), name


def build(drawn: dict[str, Any]) -> list[User]:
    Firm.objects.create(name="F", visibility_scheme=drawn["scheme"])
    companies = [SellingCompany.objects.create(code=f"c{n}", name=f"C{n}") for n in range(2)]
    units: list[Unit] = []
    for n, above in enumerate(drawn["units"]):
        units.append(new_unit(name=f"U{n}", parent=units[above % len(units)] if units else None))
    roles = make_ready_roles()
    people = [
        _person(n, _role(n, roles[role], scope), _at(units, unit), [companies[c] for c in works_in])
        for n, (role, unit, works_in, scope) in enumerate(drawn["people"])
    ]
    parties = [_party(n, one["person"]) for n, one in enumerate(drawn["parties"])]
    for party, one in zip(parties, drawn["parties"], strict=True):
        firm = _at(parties, one["contact_of"])
        if firm is not None and firm != party:
            PartyRelation.objects.create(from_party=party, to_party=firm, role=one["role"])
        for n, (owner, unit, company, members) in enumerate(one["ties"]):
            _tie(party, _at(people, owner), _at(units, unit), companies[company], [_at(people, m) for m in members], n)
    refresh(party.pk for party in parties)
    for row in drawn["rows"]:
        _happening(row, parties, people, units, companies)
    return people


def _at(found: list[Any], place: int | None) -> Any:
    return None if place is None or not found else found[place % len(found)]


def _role(n: int, ready: Role, scope: str | None) -> Role:
    """The ready role, or one that the firm changed: everything in another scope."""
    if scope is None:
        return ready
    grants = {code: {"view": scope, "edit": scope} for code in ("party", "interaction", "task", "import")}
    return Role.objects.create(code=f"own-{n}", name_it="x", name_en="x", based_on=ready.based_on, grants=grants)


def _person(n: int, role: Role, unit: Unit | None, companies: list[SellingCompany]) -> User:
    user = User.objects.create(email=f"p{n}@x.example", given_name=f"P{n}", role=role, unit=unit)
    user.companies.set(companies)
    return user


def _party(n: int, person: bool) -> Party:
    kind = "person" if person else "organisation"
    return Party.objects.create(kind=kind, display_name=f"N{n}", sort_name=f"n{n}", created_at=NOW, updated_at=NOW)


def _tie(party: Party, owner: Any, unit: Any, company: Any, members: list[Any], n: int) -> None:
    if Relationship.objects.filter(party=party, company=company).exists():
        return
    row = Relationship.objects.create(
        party=party, owner=owner, unit=unit, company=company, stage="lead", stage_since=NOW, created_at=NOW
    )
    for user in {member.pk: member for member in members if member}.values():
        RelationshipMember.objects.create(relationship=row, user=user)


def _happening(row: tuple[Any, ...], parties: Any, people: Any, units: Any, companies: Any) -> None:
    about, author, owner, unit, in_company = row
    party, company = _at(parties, about) or parties[0], companies[0] if in_company else None
    facts = {"owner": _at(people, owner), "unit": _at(units, unit), "company": company}
    Interaction.objects.create(party=party, channel="call", at=NOW, author=_at(people, author), created_at=NOW, **facts)
    tie = party.relationships.first()
    for what in ("party", "interaction", "task", "import"):
        TimelineEntry.objects.create(
            party=party, at=NOW, kind="x", object=what, summary="", actor=_at(people, author),
            relationship=tie if in_company else None, **facts,
        )  # fmt: skip
    assignee = _at(people, owner) or people[0]
    Task.objects.create(
        title="t", assignee=assignee, created_by=_at(people, author), unit=_at(units, unit), created_at=NOW
    )
    ImportBatch.objects.create(
        file_name="f", sha256="0", size=1, kind="people", encoding="utf-8", delimiter=",",
        created_by=_at(people, author), unit=_at(units, unit), created_at=NOW,
    )  # fmt: skip


# --- an oracle that is followed step by step ----------------------------------------------------------------

CONTACT = {"contact", "owner", "employee", "legal-representative"}
SEES_ALL = {"administrator", "management", "inside-sales", "researcher", "care-operator"}


@dataclass
class Believed:
    """What the test believes of the firm: plain names, no model."""

    above: dict[str, str | None] = field(default_factory=dict)
    role: dict[str, str] = field(default_factory=dict)
    unit: dict[str, str] = field(default_factory=dict)
    # relationship -> (party, owner, unit, members)
    ties: dict[UUID, tuple[str, str | None, str | None, frozenset[str]]] = field(default_factory=dict)
    contacts: set[tuple[str, str]] = field(default_factory=set)

    def seen_by(self, person: str, parties: set[str]) -> set[str]:
        """In the scheme by area: own ones, those of one's unit and below for who leads an area, or all."""
        if self.role[person] in SEES_ALL:
            return set(parties)
        direct = {tie[0] for tie in self.ties.values() if self._sees(person, tie)}
        return direct | {one for one, firm in self.contacts if firm in direct}

    def _sees(self, person: str, tie: tuple[str, str | None, str | None, frozenset[str]]) -> bool:
        _party, owner, unit, members = tie
        if person == owner or person in members:
            return True
        return self.role[person] == "area-manager" and unit is not None and self._is_below(unit, self.unit[person])

    def _is_below(self, unit: str | None, top: str) -> bool:
        while unit is not None:
            if unit == top:
                return True
            unit = self.above[unit]
        return False


class Moves(RuleBasedStateMachine):
    """People change units and roles, units change places, customers change hands."""

    people = ("agent", "teammate", "stranger", "manager", "other_manager", "inside")

    def __init__(self) -> None:
        super().__init__()
        self._point = transaction.atomic()
        self._point.__enter__()
        self.world = laid_world()
        self.believed = self._believed()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._point.__exit__(None, None, None)

    def _believed(self) -> Believed:
        found = Believed(above={"root": None, "nord": "root", "sud": "root"})
        for name in self.people:
            user = self.world.people[name]
            found.role[name] = user.role.code
            found.unit[name] = self._unit_name(user.unit_id)
        for row in Relationship.objects.prefetch_related("members"):
            found.ties[row.id] = self._tie(row)
        found.contacts.add(("contact", "own"))
        return found

    def _tie(self, row: Relationship) -> tuple[str, str | None, str | None, frozenset[str]]:
        party = next(key for key, party in self.world.parties.items() if party.id == row.party_id)
        members = frozenset(self._person_name(member.user_id) for member in row.members.all())
        return party, self._person_name(row.owner_id), self._unit_name(row.unit_id), members

    def _unit_name(self, key: UUID | None) -> Any:
        return next((name for name, unit in self.world.units.items() if unit.id == key), None)

    def _person_name(self, key: UUID | None) -> Any:
        return next((name for name, user in self.world.people.items() if user.id == key), None)

    @rule(person=st.sampled_from(people), unit=st.sampled_from(["root", "nord", "sud"]))
    def moves_unit(self, person: str, unit: str) -> None:
        user = User.objects.get(pk=self.world.people[person].pk)
        edit_person(BUILDER, user, version=user.version, unit=self.world.units[unit])
        self.believed.unit[person] = unit

    @rule(person=st.sampled_from(people), role=st.sampled_from(["agent", "area-manager", "inside-sales", "researcher"]))
    def changes_role(self, person: str, role: str) -> None:
        user = User.objects.get(pk=self.world.people[person].pk)
        edit_person(BUILDER, user, version=user.version, role=Role.objects.get(code=role))
        self.believed.role[person] = role

    @rule(unit=st.sampled_from(["nord", "sud"]), above=st.sampled_from(["root", "nord", "sud"]))
    def unit_moves(self, unit: str, above: str) -> None:
        if self.believed._is_below(above, unit):
            return
        found = Unit.objects.get(pk=self.world.units[unit].pk)
        parent = Unit.objects.get(pk=self.world.units[above].pk)
        edit_unit(BUILDER, found, version=found.version, name=found.name, parent=parent, code=found.code)
        self.believed.above[unit] = above

    @rule(
        place=st.integers(0, 6),
        owner=st.none() | st.sampled_from(people),
        unit=st.sampled_from(["root", "nord", "sud"]),
        members=st.sets(st.sampled_from(people), max_size=2),
    )
    def changes_hands(self, place: int, owner: str | None, unit: str, members: set[str]) -> None:
        key = sorted(self.believed.ties)[place % len(self.believed.ties)]
        row = Relationship.objects.get(pk=key)
        assign_relationship(
            BUILDER,
            row,
            version=row.version,
            owner_id=self.world.people[owner].id if owner else None,
            area=None,
            channel=None,
            unit=self.world.units[unit],
            members=[self.world.people[name].id for name in members],
        )
        self.believed.ties[key] = (self.believed.ties[key][0], owner, unit, frozenset(members))

    @rule(
        firm=st.sampled_from(["own", "shared", "southern", "teammates"]), role=st.sampled_from(["contact", "supplier"])
    )
    def becomes_contact_or_leaves(self, firm: str, role: str) -> None:
        anna, other = self.world.parties["contact"], self.world.parties[firm]
        found = PartyRelation.objects.filter(from_party=anna, to_party=other).first()
        if found is not None:
            unrelate(BUILDER, anna, found)
            self.believed.contacts.discard(("contact", firm))
            return
        relate(BUILDER, anna, to=other, role=role)
        if role in CONTACT:
            self.believed.contacts.add(("contact", firm))

    @invariant()
    def everybody_sees_what_the_oracle_says(self) -> None:
        names = {party.id: key for key, party in self.world.parties.items()}
        for person in self.people:
            rows = Party.objects.visible_to(self.world.principal(person))
            seen = {names[key] for key in rows.values_list("id", flat=True)}
            assert seen == self.believed.seen_by(person, set(names.values())), person


@pytest.mark.django_db
def test_what_is_seen_stays_right_while_people_and_units_move() -> None:
    run_state_machine_as_test(Moves, settings=settings(QUIET, max_examples=MANY // 3, stateful_step_count=12))
