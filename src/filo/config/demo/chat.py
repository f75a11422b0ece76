"""The chat stands on the pages of Gruppo Aurora; the care operators take it."""

from __future__ import annotations

from filo.collaborative.chat.models import ChatPlace
from filo.collaborative.chat.services.places import save_place
from filo.config.demo.company import BUILDER
from filo.operational.service.models import ServiceGroup

GROUP = "Assistenza Commerciale"


def set_up_chat() -> None:
    """One place, our own pages."""
    if ChatPlace.objects.exists():
        return
    group = ServiceGroup.objects.filter(name=GROUP).first()
    facts = {
        "name": "Filo",
        "group_id": group.pk if group else None,
        "greeting_it": "Buongiorno! Scriva pure: risponde una persona, che sa già che cosa ci ha chiesto.",
        "greeting_en": "Good day! Just write: a person answers, who knows already what you asked us.",
        "active": True,
    }
    save_place(BUILDER, None, facts)
