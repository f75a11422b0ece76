"""What the audit holds about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

declare(
    PersonalData(
        model="audit.AuditEntry",
        label=_("Audit"),
        columns={
            "at": Category.BEHAVIOUR,
            "actor": Category.IDENTITY,
            "actor_name": Category.IDENTITY,
            "action": Category.BEHAVIOUR,
            "object_id": Category.IDENTITY,
            "changes": Category.COMMUNICATION,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Show who changed what, and mend mistakes"),
        basis=Basis.LAW,
        party=("object_id",),
        person=("actor",),
        erasure=Erasure("keep", why=_("The firm has to show what it did (GDPR art. 5.2).")),
        kept_words=_("No rule yet: kept without end"),
    )
)
