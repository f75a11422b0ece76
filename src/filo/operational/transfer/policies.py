"""Who may see imports: those one started, those of one's unit, or all; who may import says `party`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import named_in, within_reach

IMPORT = declare(
    AccessObject(
        code="import",
        label=_("Imports"),
        actions=("view", "create", "edit"),
        ready={
            "administrator": {"view": "all", "create": "all", "edit": "all"},
            "management": {"view": "all"},
            "area-manager": {"view": "wide", "create": "own", "edit": "own"},
            "inside-sales": {"view": "own", "create": "own", "edit": "own"},
            "researcher": {"view": "own", "create": "own", "edit": "own"},
        },
    )
)


_MINE = named_in(_("You started it."), "created_by")
IMPORT_SEEN = within_reach("import", "view", _MINE)
IMPORT_EDITED = within_reach("import", "edit", _MINE)


def may_import(principal: Principal) -> bool:
    """Whether somebody may bring in customers from files."""
    return principal.may("import", "create") and principal.may("party", "import")
