"""Who may see and answer conversations: who looks after them, their group, the unit, or all, as the role says."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import NOTHING, Clause, Rule

_ALL = dict.fromkeys(("view", "create", "edit"), "all")
_OWN = dict.fromkeys(("view", "create", "edit"), "own")

CONVERSATION = declare(
    AccessObject(
        code="conversation",
        label=_("Conversations"),
        actions=("view", "create", "edit"),
        ready={
            "administrator": _ALL,
            "management": {"view": "all", "create": "all", "edit": "own"},
            "area-manager": {"view": "wide", "create": "wide", "edit": "wide"},
            "agent": _OWN,
            "inside-sales": _ALL,
            "researcher": {"view": "own"},
            "care-operator": _ALL,
        },
    )
)
# A personal mailbox is its owner's, whatever the role of who asks: what is to be shared is shared by him.
CORRESPONDENCE = declare(
    AccessObject(
        code="correspondence",
        label=_("Personal mail"),
        actions=("view", "create", "edit"),
        ready=dict.fromkeys(
            ("administrator", "management", "area-manager", "agent", "inside-sales", "researcher", "care-operator"),
            _OWN,
        ),
    )
)

_MINE = named_in(_("You look after it."), "assignee", "owner")


def _my_groups(principal: Principal) -> Q:
    rows = apps.get_model("service", "GroupMember")._default_manager.filter(user=principal.user_id)
    return Q(group__in=rows.values("group")) if principal.user_id else NOTHING


def _in_my_group(principal: Principal, found: Any) -> bool:
    if principal.user_id is None or found.group_id is None:
        return False
    rows = apps.get_model("service", "GroupMember")._default_manager
    return bool(rows.filter(user=principal.user_id, group=found.group_id).exists())


_MY_GROUP = Clause(_("It is with a group you work in."), _in_my_group, _my_groups)


def _named(principal: Principal) -> Q:
    rows = apps.get_model("inbox", "Mention")._default_manager.filter(user=principal.user_id)
    return Q(pk__in=rows.values("message__conversation")) if principal.user_id else NOTHING


def _is_named(principal: Principal, found: Any) -> bool:
    rows = apps.get_model("inbox", "Mention")._default_manager
    return bool(principal.user_id) and rows.filter(user=principal.user_id, message__conversation=found.pk).exists()


_NAMED = Clause(_("You are named in it with @."), _is_named, _named)
_SHARED = Clause(
    _("It came to a mailbox of the firm."), lambda _p, found: not found.private, lambda _p: Q(private=False)
)
_PRIVATE = Clause(
    _("It came to a personal mailbox."), lambda _p, found: bool(found.private), lambda _p: Q(private=True)
)
_MY_COMPANIES = in_my_companies(or_in_none=True)


def _rule(action: str, shared: Rule, personal: Rule) -> Rule:
    return (_SHARED & _MY_COMPANIES & within_reach("conversation", action, shared)) | (
        _PRIVATE & within_reach("correspondence", action, personal)
    )


CONVERSATION_SEEN = _rule("view", _MINE | _MY_GROUP | _NAMED, _MINE | _NAMED)
CONVERSATION_EDITED = _rule("edit", _MINE | _MY_GROUP, _MINE)
