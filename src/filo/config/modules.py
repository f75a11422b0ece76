"""The one ordered list of modules: installed apps, pages and API mounts derive from it.

Order is the order of the house: foundation first, each module above what it stands on.
"""

from __future__ import annotations

MODULES = [
    "filo.foundation.access",
    "filo.foundation.web",
    "filo.foundation.audit",
    "filo.foundation.rest",
    "filo.foundation.events",
    "filo.foundation.jobs",
    "filo.foundation.copies",
    "filo.foundation.search",
    "filo.foundation.mail",
    "filo.foundation.push",
    "filo.foundation.organisation",
    "filo.foundation.accounts",
    "filo.foundation.privacy",
    "filo.foundation.fields",
    "filo.foundation.lists",
    "filo.foundation.notices",
    "filo.foundation.work",
    "filo.foundation.history",
    "filo.foundation.webhooks",
    "filo.foundation.health",
    "filo.operational.parties",
    "filo.operational.activities",
    "filo.operational.interactions",
    "filo.operational.doubles",
    "filo.operational.transfer",
    "filo.operational.exports",
]
