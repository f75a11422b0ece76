"""Verbs about what is known of customers: learn, confirm, forget; the kinds of such facts."""

from filo.operational.profile.services.kinds import add_kind, edit_kind, make_ready_kinds
from filo.operational.profile.services.learning import confirm_trait, forget_trait, learn

__all__ = ["add_kind", "confirm_trait", "edit_kind", "forget_trait", "learn", "make_ready_kinds"]
