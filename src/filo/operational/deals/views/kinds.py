"""The kinds of things that are set up about deals: each with its model, its form and its verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.web.forms import FiloForm
from filo.operational.deals.models import AssignmentRule, LossReason, Pipeline, ScoreRule
from filo.operational.deals.rule_forms import AssignmentRuleForm, ScoreRuleForm
from filo.operational.deals.services.settings import (
    save_assignment_rule,
    save_pipeline,
    save_reason,
    save_score_rule,
)
from filo.operational.deals.setting_forms import PipelineForm, ReasonForm


@dataclass(frozen=True)
class Kind:
    """A kind of things that is set up: its model, its form and its verb."""

    code: str
    new: str | Promise
    model: type[Model]
    form: type[FiloForm]
    save: Callable[..., object]
    audit: str


def _save_assignment(
    principal: Principal, rule: AssignmentRule | None, facts: Mapping[str, Any], *, version: int | None
) -> object:
    rest = {name: value for name, value in facts.items() if name != "people"}
    return save_assignment_rule(principal, rule, rest, people=[user.id for user in facts["people"]], version=version)


KINDS = {
    kind.code: kind
    for kind in (
        Kind("pipelines", gettext_lazy("New pipeline"), Pipeline, PipelineForm, save_pipeline, "deal-pipeline"),
        Kind("reasons", gettext_lazy("New reason"), LossReason, ReasonForm, save_reason, "loss-reason"),
        Kind("scores", gettext_lazy("New rule"), ScoreRule, ScoreRuleForm, save_score_rule, "score-rule"),
        Kind(
            "assignments",
            gettext_lazy("New rule"),
            AssignmentRule,
            AssignmentRuleForm,
            _save_assignment,
            "assignment-rule",
        ),
    )
}
RULES = ("scores", "assignments")


def kind_named(code: str) -> Kind:
    """The kind of this code. Raises `NotFound`."""
    found = KINDS.get(code)
    if found is None:
        raise NotFound
    return found


def thing_of(model: type[Model], key: UUID) -> Any:
    """The row of this key. Raises `NotFound`."""
    found = model._default_manager.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found
