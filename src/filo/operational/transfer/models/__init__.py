"""An import, its rows with what became of each, and mappings that are kept under a name."""

from filo.operational.transfer.models.batch import CONFLICTS, KINDS, MODES, OVER, TURNING, BatchState, ImportBatch
from filo.operational.transfer.models.mapping import ImportMapping
from filo.operational.transfer.models.proposal import ImportProposal
from filo.operational.transfer.models.row import OUTCOMES, ImportRow

__all__ = [
    "CONFLICTS",
    "KINDS",
    "MODES",
    "OUTCOMES",
    "OVER",
    "TURNING",
    "BatchState",
    "ImportBatch",
    "ImportMapping",
    "ImportProposal",
    "ImportRow",
]
