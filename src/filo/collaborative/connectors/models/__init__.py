"""Connections to back offices, what is exchanged over each, what both sides know, and where they disagree."""

from filo.collaborative.connectors.models.conflict import Conflict
from filo.collaborative.connectors.models.connection import OWNERS, Connection, Exchange
from filo.collaborative.connectors.models.row import Known, RejectedRow
from filo.collaborative.connectors.models.run import SyncRun

__all__ = ["OWNERS", "Conflict", "Connection", "Exchange", "Known", "RejectedRow", "SyncRun"]
