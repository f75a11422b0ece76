"""Pipelines, deals, their sums, scores and who gets them."""

from filo.operational.deals.models.assigning import AssignmentRule, AssignmentRulePerson, DealAssignment
from filo.operational.deals.models.deal import STATES, Deal, DealStageChange
from filo.operational.deals.models.pipeline import KINDS, LossReason, Pipeline, PipelineStage
from filo.operational.deals.models.referral import ReferralCode
from filo.operational.deals.models.scoring import ScoreRule
from filo.operational.deals.models.sums import DealSum

__all__ = [
    "KINDS",
    "STATES",
    "AssignmentRule",
    "AssignmentRulePerson",
    "Deal",
    "DealAssignment",
    "DealStageChange",
    "DealSum",
    "LossReason",
    "Pipeline",
    "PipelineStage",
    "ReferralCode",
    "ScoreRule",
]
