"""What is known of customers, as personal data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare
from filo.operational.profile.models import Trait


def _exported(row: Trait) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "kind": row.kind.code,
        "value": row.value,
        "said": row.said,
        "source": row.source,
        "confidence": row.confidence,
        "learned_at": row.learned_at.isoformat(),
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


declare(
    PersonalData(
        model="profile.Trait",
        label=_("What is known of customers"),
        columns={
            "value": Category.BEHAVIOUR,
            "said": Category.COMMUNICATION,
            "source": Category.TECHNICAL,
            "learned_at": Category.TECHNICAL,
            "learned_by": Category.IDENTITY,
            "confirmed_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Serve a customer as he likes it: his size, the colours and fibres he asks for"),
        basis=Basis.INTEREST,
        party=("party",),
        person=("learned_by", "confirmed_by"),
        kept_words=_("As long as the customer’s card, or until he has it forgotten"),
        export=_exported,
    )
)
