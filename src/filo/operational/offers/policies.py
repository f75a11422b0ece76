"""Who may see and make offers: as with quotes, which they lead to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import Rule

_MINE = named_in(_("You have it, or wrote it."), "owner", "created_by")


def _rule(action: str) -> Rule:
    return in_my_companies(or_in_none=True) & within_reach("quote", action, _MINE)


OFFER_SEEN, OFFER_EDITED = _rule("view"), _rule("edit")
