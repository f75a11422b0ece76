"""What VIES told of customers, as personal data: a sole trader is a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare
from filo.operational.vies.models import VatCheck


def _exported(row: VatCheck) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "state": row.state,
        "name": row.name,
        "address": row.address,
        "consultation": row.consultation,
        "asked_at": row.asked_at.isoformat(),
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }


declare(
    PersonalData(
        model="vies.VatCheck",
        label=_("VAT numbers at VIES"),
        columns={
            "number": Category.IDENTITY,
            "name": Category.IDENTITY,
            "address": Category.CONTACT,
            "consultation": Category.TECHNICAL,
            "asked_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Invoice inside the Union without VAT only to whom the Union knows, and prove that it was asked"),
        basis=Basis.LAW,
        party=("party",),
        person=("asked_by",),
        kept_words=_("As long as the customer’s card"),
        export=_exported,
    )
)
