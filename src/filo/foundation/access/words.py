"""Rights in words, for settings pages and for *why can't this person see it?*"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.objects import Scope, declared
from filo.foundation.access.principal import Principal

SCOPE_LABELS = {
    Scope.NONE: gettext_lazy("nothing"),
    Scope.OWN: gettext_lazy("own"),
    Scope.TEAM: gettext_lazy("own team"),
    Scope.UNIT: gettext_lazy("own unit and below"),
    Scope.ALL: gettext_lazy("all"),
}
ACTION_LABELS = {
    "ship": gettext_lazy("Ship"),
    "refund": gettext_lazy("Give back"),
    "view": gettext_lazy("See"),
    "create": gettext_lazy("Create"),
    "edit": pgettext_lazy("a right", "Change"),
    "delete": gettext_lazy("Delete"),
    "assign": pgettext_lazy("a right", "Assign"),
    "import": gettext_lazy("Import"),
    "export": gettext_lazy("Export"),
    "manage": gettext_lazy("Manage"),
    "share": pgettext_lazy("a right", "Share"),
    "publish": pgettext_lazy("a right", "Publish"),
    "issue": pgettext_lazy("a right", "Issue"),
    "send": pgettext_lazy("a right", "Send"),
    "decide": pgettext_lazy("a right", "Decide"),
}


def scope_sentence(principal: Principal, code: str, action: str) -> str:
    """How far a principal's right reaches, as a sentence."""
    label = next((str(found.label) for found in declared() if found.code == code), code)
    words = {
        "action": str(ACTION_LABELS.get(action, action)),
        "object": label,
        "scope": str(SCOPE_LABELS[principal.scope(code, action)]),
    }
    return _("%(object)s, %(action)s: %(scope)s") % words
