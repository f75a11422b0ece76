"""Verbs about plans."""

from filo.operational.team.services.plans import make_plan, may_plan, plan_standing, remove_plan, restore_plan

__all__ = ["make_plan", "may_plan", "plan_standing", "remove_plan", "restore_plan"]
