"""What orders hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

_SELL = _("Deliver what customers order, and keep what was agreed")

declare(
    PersonalData(
        model="orders.Order",
        label=_("Orders"),
        columns={
            "bill_to": Category.CONTACT,
            "ship_to": Category.CONTACT,
            "mail_to": Category.CONTACT,
            "reference": Category.BEHAVIOUR,
            "notes": Category.COMMUNICATION,
            "internal_note": Category.COMMUNICATION,
            "closed_reason": Category.COMMUNICATION,
            "total": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_SELL,
        basis=Basis.CONTRACT,
        party=("party", "bill_party", "ship_party"),
        person=("owner", "created_by"),
        kept_words=_("Ten years, as the law asks of what was sold"),
    )
)
declare(
    PersonalData(
        model="orders.OrderLine",
        label=_("Lines of orders"),
        columns={"description": Category.BEHAVIOUR, "amount": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_SELL,
        basis=Basis.CONTRACT,
        party=("order__party",),
        kept_words=_("As long as the order"),
    )
)
declare(
    PersonalData(
        model="orders.OrderStep",
        label=_("Steps of orders"),
        columns={"actor": Category.IDENTITY, "actor_name": Category.IDENTITY, "note": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_SELL,
        basis=Basis.CONTRACT,
        party=("order__party",),
        person=("actor",),
        kept_words=_("As long as the order"),
    )
)
declare(
    PersonalData(
        model="orders.Shipment",
        label=_("Shipments"),
        columns={
            "tracking": Category.BEHAVIOUR,
            "note": Category.COMMUNICATION,
            "created_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_SELL,
        basis=Basis.CONTRACT,
        party=("order__party",),
        person=("created_by",),
        kept_words=_("Ten years, as the law asks of what was sold"),
    )
)
declare(
    PersonalData(
        model="orders.ShipmentEvent",
        label=_("Where shipments were"),
        columns={"note": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER,),
        purpose=_SELL,
        basis=Basis.CONTRACT,
        party=("shipment__order__party",),
        kept_words=_("As long as the order"),
    )
)
