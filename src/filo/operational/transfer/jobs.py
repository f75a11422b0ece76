"""Imports in the background: the trial, the run itself, and the way back from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.placing import Placing
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.queries import importer_of
from filo.operational.transfer.services.belonging import relationship_of, spec_for
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.services.running import carry_on, fail_import
from filo.operational.transfer.services.sentences import sentence_of
from filo.operational.transfer.services.starting import keep_trial
from filo.operational.transfer.services.trying_things import try_things
from filo.operational.transfer.services.turning import stop_turning, turn
from filo.operational.transfer.things.kinds import thing_of
from filo.operational.transfer.trial import try_out


@job(label=_("Import of a file"), queue="long", atomic=False)
def run_import(context: JobContext, *, batch: str) -> dict[str, Any]:
    """Bring in the rows of a file; begun again after a crash it goes on after the last chunk."""
    found = ImportBatch.objects.select_related("created_by").get(pk=UUID(batch))
    with translation.override(_language(found)):
        try:
            principal = importer_of(found)
        except DomainError as refusal:
            fail_import(system("import"), found, refusal)
            return {}
        try:
            ended = carry_on(
                principal,
                found,
                tell=lambda now: context.progress(now.done, now.total),
                is_cancelled=context.cancelled,
            )
        except Exception as error:
            if context.is_last_attempt:
                fail_import(principal, found, error)
            raise
    return {"state": ended.state, "rows": ended.done}


@job(label=_("Taking back an import"), queue="long", atomic=False)
def turn_import(context: JobContext, *, batch: str) -> dict[str, Any]:
    """Take an import back, or bring it in again; begun again after a crash it goes on after the last chunk."""
    found = ImportBatch.objects.select_related("created_by").get(pk=UUID(batch))
    user = person_by_id(str(context.requested_by)) if context.requested_by else None
    if user is None:
        stop_turning(found)
        raise NotFound
    with translation.override(user.language):
        try:
            ended = turn(
                principal_of(user, door="import"),
                found,
                tell=lambda now: context.progress(now.turned + now.left, now.to_turn),
                is_cancelled=context.cancelled,
            )
        except Exception as error:
            if context.is_last_attempt or isinstance(error, DomainError):
                stop_turning(ImportBatch.objects.get(pk=found.pk))
            raise
    return {"state": ended.state, "rows": ended.turned, "left": ended.left}


@job(label=_("Trial of an import"), queue="long", atomic=False, attempts=2, announced=False)
def try_import(context: JobContext, *, batch: str, version: int) -> dict[str, Any]:
    """Find out what an import would do; given up when the import is corrected meanwhile."""
    found = ImportBatch.objects.select_related("created_by").filter(pk=UUID(batch), version=version).first()
    if found is None:
        return {}

    def go_on(done: int) -> bool:
        context.progress(done, found.total)
        return not context.cancelled() and ImportBatch.objects.filter(pk=found.pk, version=version).exists()

    with translation.override(_language(found)):
        try:
            principal = importer_of(found)
            columns = usable_columns(principal, from_json(found.mapping), found.kind)
            shape = shape_of(found)
            if thing := thing_of(found.kind):
                tried = try_things(principal, found, thing, shape, columns, spec_for(principal, found), found.path)
                keep_trial(found, version, tried.as_json())
                return {"rows": tried.rows}
            placing = _placing(principal, found)
            trial = try_out(
                principal,
                found.path,
                shape,
                columns,
                kind=found.kind,
                mode=found.mode,
                conflict=found.conflict,
                keys=found.keys,
                make_firms=found.make_firms,
                placing=placing,
                go_on=go_on,
            )
        except DomainError as refusal:
            keep_trial(found, version, {"error": sentence_of(refusal)})
            return {}
    keep_trial(found, version, trial.as_json())
    return {"rows": trial.rows}


def _placing(principal: Principal, batch: ImportBatch) -> Placing | None:
    """Nothing is placed before it is chosen whose customers they are to be."""
    try:
        return Placing(principal, relationship_of(principal, batch))
    except InvalidFields:
        return None


def _language(batch: ImportBatch) -> str:
    """The language of whoever started it, in which the sentences of rows are kept."""
    return batch.created_by.language if batch.created_by else "it"
