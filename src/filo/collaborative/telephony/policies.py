"""Who sees the calls of the exchange: whoever has it, the group it rang for, or as far as the role's right reaches."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import named_in, within_reach
from filo.foundation.access.rules import NOTHING, Clause


def _groups(principal: Principal) -> Any:
    members = apps.get_model("service", "GroupMember")._default_manager.filter(user=principal.user_id)
    return members.values("group")


def _rang_for_mine(principal: Principal, found: Any) -> bool:
    return bool(principal.user_id and found.group_id) and found.group_id in set(
        _groups(principal).values_list("group", flat=True)
    )


_MINE = named_in(_("It is your call."), "person")
_MY_GROUP = Clause(
    _("It rang for your group."),
    _rang_for_mine,
    lambda principal: Q(group__in=_groups(principal)) if principal.user_id else NOTHING,
)
PHONE_CALL_SEEN = within_reach("interaction", "view", _MINE | _MY_GROUP)
