"""Who sees what in the small world, written by hand from the requirements: the oracle that no rule is asked for.

People, parties and interactions are called as in `world.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from filo.foundation.access.principal import Principal
from filo.operational.activities.models import Task
from filo.operational.activities.services import add_task
from filo.testing.world import World

SCHEMES = ("by-area", "open")
PEOPLE = {
    "admin": "administrator",
    "boss": "management",
    "manager": "area-manager",
    "other_manager": "area-manager",
    "agent": "agent",
    "teammate": "agent",
    "stranger": "agent",
    "inside": "inside-sales",
    "researcher": "researcher",
    "operator": "care-operator",
}
# Where each declared object is tested; a new object without a line fails the architecture test.
OBJECTS = {
    "payment": "operational/payments/tests/test_who_sees_payments.py",
    "party": "tests/test_visibility_matrix.py",
    "interaction": "tests/test_visibility_matrix.py",
    "task": "tests/test_visibility_matrix.py",
    "import": "tests/test_visibility_rules.py",
    "user": "tests/test_visibility_matrix.py (staff pages)",
    "settings": "tests/test_visibility_matrix.py (staff pages)",
    "list-view": "foundation/lists/tests/test_views.py",
    "webhook": "foundation/webhooks/tests/test_pages.py",
    "event": "foundation/webhooks/tests/test_api.py",
    "job": "foundation/work/tests/test_who_sees_work.py",
    "privacy": "operational/interactions/tests/test_retention_pages.py",
    "metrics": "foundation/health/tests/test_metrics.py",
    "conversation": "collaborative/inbox/tests/test_who_sees_conversations.py",
    "correspondence": "collaborative/inbox/tests/test_who_sees_conversations.py",
    "article": "collaborative/knowledge/tests/test_who_reads_articles.py",
    "tree": "collaborative/trees/tests/test_who_sees_trees.py",
    "ticket": "operational/service/tests/test_who_sees_requests.py",
    "product": "operational/catalogue/tests/test_who_sees_products.py",
    "price": "operational/prices/tests/test_who_sees_prices.py",
    "deal": "operational/deals/tests/test_who_sees_deals.py",
    "invoice": "operational/invoices/tests/test_exchange.py",
    "approval": "operational/approvals/tests/test_who_decides.py",
    "quote": "operational/quotes/tests/test_who_sees_quotes.py",
    "order": "operational/orders/tests/test_order_pages.py",
    "team": "operational/team/tests/test_who_sees_the_team.py",
}

NORTH = frozenset({"own", "shared", "joined", "teammates", "contact"})
SOUTH = frozenset({"southern", "nobodys"})
EVERYBODY = NORTH | SOUTH

PARTIES: dict[str, dict[str, frozenset[str]]] = {
    "by-area": {
        "admin": EVERYBODY,
        "boss": EVERYBODY,
        "inside": EVERYBODY,
        "researcher": EVERYBODY,
        "operator": EVERYBODY,
        "manager": NORTH,
        "other_manager": SOUTH,
        "agent": frozenset({"own", "shared", "joined", "contact"}),
        "teammate": frozenset({"shared", "joined", "teammates"}),
        "stranger": frozenset({"southern"}),
    },
}
PARTIES["open"] = PARTIES["by-area"] | {"manager": EVERYBODY, "other_manager": EVERYBODY}

# A relationship is called by its party, and by its product line where there are two.
NORTHERN_TIES = frozenset({"own", "shared/donna", "shared/uomo", "joined", "teammates"})
ALL_TIES = NORTHERN_TIES | SOUTH
TIES: dict[str, dict[str, frozenset[str]]] = {
    "by-area": {
        "admin": ALL_TIES,
        "boss": ALL_TIES,
        "inside": ALL_TIES,
        "researcher": ALL_TIES,
        "operator": ALL_TIES,
        "manager": NORTHERN_TIES,
        "other_manager": SOUTH,
        "agent": frozenset({"own", "shared/donna", "joined"}),
        "teammate": frozenset({"shared/uomo", "joined", "teammates"}),
        "stranger": frozenset({"southern"}),
    },
}
TIES["open"] = TIES["by-area"] | {"manager": ALL_TIES, "other_manager": ALL_TIES}

CALLS_OF = {"agents_call": "shared", "teammates_call": "shared", "strangers_call": "southern"}
ALL_CALLS = frozenset(CALLS_OF)
NORTHERN_CALLS = frozenset({"agents_call", "teammates_call"})
INTERACTIONS: dict[str, dict[str, frozenset[str]]] = {
    "by-area": {
        "admin": ALL_CALLS,
        "boss": ALL_CALLS,
        "inside": ALL_CALLS,
        "operator": ALL_CALLS,
        "researcher": frozenset(),
        "manager": NORTHERN_CALLS,
        "other_manager": frozenset({"strangers_call"}),
        "agent": frozenset({"agents_call"}),
        "teammate": frozenset({"teammates_call"}),
        "stranger": frozenset({"strangers_call"}),
    },
}
INTERACTIONS["open"] = INTERACTIONS["by-area"] | {"manager": ALL_CALLS, "other_manager": ALL_CALLS}

# (who has to do it, about which party): each made by whoever has to do it.
TASKS_OF = {
    "agents_task": ("agent", "shared"),
    "teammates_task": ("teammate", "shared"),
    "strangers_task": ("stranger", "southern"),
    "managers_task": ("manager", None),
}
ALL_TASKS = frozenset(TASKS_OF)
NORTHERN_TASKS = frozenset({"agents_task", "teammates_task", "managers_task"})
TASKS: dict[str, dict[str, frozenset[str]]] = {
    "by-area": {
        "admin": ALL_TASKS,
        "boss": ALL_TASKS,
        "inside": ALL_TASKS,
        "operator": ALL_TASKS,
        "researcher": frozenset(),
        "manager": NORTHERN_TASKS,
        "other_manager": frozenset({"strangers_task"}),
        "agent": frozenset({"agents_task"}),
        "teammate": frozenset({"teammates_task"}),
        "stranger": frozenset({"strangers_task"}),
    },
}
TASKS["open"] = TASKS["by-area"] | {"manager": ALL_TASKS, "other_manager": ALL_TASKS}

# What each role may do with a customer that it sees (a ready role reaches as far with every right as with its eyes).
WITH_PARTIES = {
    "administrator": {"edit", "delete", "assign"},
    "management": {"edit", "assign"},
    "area-manager": {"edit", "delete", "assign"},
    "agent": {"edit"},
    "inside-sales": {"edit", "assign"},
    "researcher": {"edit"},
    "care-operator": {"edit"},
}
# Interactions: whoever wrote one corrects it; these correct, or take back, everything they see.
CORRECTS_ALL_INTERACTIONS = {"administrator"}
TAKES_BACK_ALL_INTERACTIONS = {"administrator", "area-manager"}
TAKES_BACK_OWN_INTERACTIONS = {"agent"}
CHANGES_ALL_TASKS = {"administrator", "management", "area-manager", "inside-sales"}
MASKS = {"researcher": {"codice_fiscale", "birth_date"}, "care-operator": {"birth_date"}}
SEES_SETTINGS = {"administrator", "management"}
TAKES_OUT = {"administrator", "management", "area-manager"}


@dataclass(frozen=True)
class Oracle:
    """What one person of the world may see and do in one scheme."""

    scheme: str
    person: str

    @property
    def role(self) -> str:
        return PEOPLE[self.person]

    @property
    def parties(self) -> frozenset[str]:
        return PARTIES[self.scheme][self.person]

    @property
    def ties(self) -> frozenset[str]:
        return TIES[self.scheme][self.person]

    @property
    def interactions(self) -> frozenset[str]:
        return INTERACTIONS[self.scheme][self.person]

    @property
    def tasks(self) -> frozenset[str]:
        return TASKS[self.scheme][self.person]

    def status(self, party: str, right: str = "view") -> int:
        """What a page of a party answers that needs this right: 404 unseen, 403 seen but not allowed."""
        if party not in self.parties:
            return 404
        return 200 if right == "view" or right in WITH_PARTIES[self.role] else 403

    def takes_back(self, call: str) -> bool:
        """Whether this person may take an interaction back that he sees."""
        wrote = call == f"{self.person}s_call"
        return self.role in TAKES_BACK_ALL_INTERACTIONS or (wrote and self.role in TAKES_BACK_OWN_INTERACTIONS)


def add_tasks(world: World) -> dict[str, Task]:
    """The tasks of `TASKS_OF`, due in a far year so that no page calls them late."""
    found = {}
    for key, (who, about) in TASKS_OF.items():
        principal: Principal = world.principal(who)
        party = world.parties[about] if about else None
        found[key] = add_task(principal, title=f"title of {key}", party=party, due_on=date(2031, 3, 4))
    return found
