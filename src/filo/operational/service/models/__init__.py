"""Groups, requests, and what was promised."""

from filo.operational.service.models.choices import CloseReason, ComplaintCause
from filo.operational.service.models.complaint import SEVERITIES, Complaint
from filo.operational.service.models.group import GroupMember, ServiceGroup
from filo.operational.service.models.macro import Macro
from filo.operational.service.models.survey import SCORES, Survey
from filo.operational.service.models.targets import ServiceTarget
from filo.operational.service.models.ticket import Ticket, TicketCounter, TicketNote
from filo.operational.service.models.words import PRIORITIES, STATES, TYPES, WAITS

__all__ = [
    "PRIORITIES",
    "SCORES",
    "SEVERITIES",
    "STATES",
    "TYPES",
    "WAITS",
    "CloseReason",
    "Complaint",
    "ComplaintCause",
    "GroupMember",
    "Macro",
    "ServiceGroup",
    "ServiceTarget",
    "Survey",
    "Ticket",
    "TicketCounter",
    "TicketNote",
]
