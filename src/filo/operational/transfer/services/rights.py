"""Who may bring files in, and change an import that has not been started."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, Forbidden, Stale
from filo.operational.transfer.models import BatchState, ImportBatch
from filo.operational.transfer.policies import IMPORT_EDITED, may_import


def require_import(principal: Principal) -> None:
    """Raises `Forbidden` unless this principal may bring in customers from files."""
    principal.require("import", "create")
    principal.require("party", "import")
    if not may_import(principal):
        raise Forbidden


def may_edit(principal: Principal, batch: ImportBatch) -> bool:
    """Whether this principal may stop it, take it back and bring it in again."""
    return may_import(principal) and IMPORT_EDITED.allows(principal, batch)


def require_edit(principal: Principal, batch: ImportBatch) -> None:
    """Raises `Forbidden` unless this principal may change this import."""
    require_import(principal)
    if not IMPORT_EDITED.allows(principal, batch):
        raise Forbidden


def locked_draft(batch: ImportBatch, version: int | None) -> ImportBatch:
    """The row, locked, of an import that has not been started. Raises `DomainError`, `Stale`."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.DRAFT:
        raise DomainError(_("This import has been started already."), code="import-started")
    if version is not None and version != locked.version:
        raise Stale({}, version=locked.version)
    return locked
