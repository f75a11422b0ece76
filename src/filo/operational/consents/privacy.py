"""What customers agreed to, as personal data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare
from filo.operational.consents.models import Consent


def _exported(row: Consent) -> dict[str, Any]:
    names = ("purpose", "given", "source", "note", "text", "version", "language")
    return {"id": str(row.pk), "at": row.at.isoformat()} | {name: getattr(row, name) for name in names}


declare(
    PersonalData(
        model="consents.Consent",
        label=_("What customers agreed to"),
        columns={
            "given": Category.BEHAVIOUR,
            "at": Category.TECHNICAL,
            "source": Category.TECHNICAL,
            "note": Category.COMMUNICATION,
            "text": Category.TECHNICAL,
            "by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Prove to what a customer agreed, and heed what was taken back"),
        basis=Basis.LAW,
        party=("party",),
        person=("by",),
        kept_words=_("As long as the customer’s card"),
        export=_exported,
    )
)
