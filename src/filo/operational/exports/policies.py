"""Who may take lists out, and whose exports are seen: one's own, or everybody's for who looks after all work."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING
from filo.foundation.errors import Forbidden
from filo.foundation.exportable import Exportable


def may_take_out(principal: Principal, exportable: Exportable) -> bool:
    """Whether somebody may take out at least something of a list."""
    return not principal.viewed_by and all(principal.may(code, action) for code, action in exportable.rights)


def require_take_out(principal: Principal, exportable: Exportable) -> None:
    """Raises `Forbidden` for who may not."""
    for code, action in exportable.rights:
        principal.require(code, action)
    if principal.viewed_by:
        raise Forbidden


def require_file(principal: Principal, exportable: Exportable, *, own: bool) -> None:
    """A file stays as it was written: raises `Forbidden` for who may take nothing out any more, and of others' files
    for who does not see everything.
    """
    require_take_out(principal, exportable)
    everywhere = principal.company_ids is None and all(
        principal.scope(code, action) is Scope.ALL and not principal.hidden(code) for code, action in exportable.rights
    )
    if not own and not everywhere:
        raise Forbidden(_("This file was written for somebody who may see more than you."))


def eyes_of(principal: Principal, exportable: Exportable) -> Principal:
    """The same principal, seeing no more than what it may take out."""
    narrowed = {code: principal.scope(code, action) for code, action in exportable.rights if action == "export"}
    grants = {code: dict(actions) for code, actions in principal.grants.items()}
    for code, scope in narrowed.items():
        if principal.kind != "system":
            grants[code]["view"] = min(scope, grants[code].get("view", Scope.NONE))
    return replace(principal, grants=grants)


def exports_seen(principal: Principal) -> Q:
    """A token sees what it made itself: its owner may have others, with wider scopes."""
    if principal.token_scopes is not None or principal.token_id is not None:
        return Q(token=principal.token_id) if principal.token_id else NOTHING
    if principal.scope("job", "view") is Scope.ALL:
        return EVERYTHING
    return Q(created_by=principal.user_id) if principal.user_id else NOTHING


def may_take_personal_data(principal: Principal) -> bool:
    """Whether somebody may hand out all that is held about one person."""
    return not principal.viewed_by and principal.may("privacy", "view") and principal.may("party", "export")


def require_personal_data(principal: Principal) -> None:
    """A copy is whole or is none: raises `Forbidden` for who does not see everything about everybody."""
    if not may_take_personal_data(principal):
        raise Forbidden
    everywhere = principal.scope("privacy", "view") is Scope.ALL and principal.company_ids is None
    if not everywhere or principal.hidden("party"):
        sentence = _("The copy has to be whole, and your role does not see everything: ask an administrator.")
        raise Forbidden(sentence)
