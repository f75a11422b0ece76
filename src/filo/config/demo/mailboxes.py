"""The two mailboxes of Gruppo Aurora that customers write to."""

from __future__ import annotations

from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.mailroom.services.mailboxes import add_mailbox
from filo.config.demo.company import BUILDER
from filo.config.demo.staff import DOMAIN
from filo.operational.service.models import ServiceGroup

# (mailbox, the sender that customers read, the group that looks after it, whether it answers first by itself)
_MAILBOXES = (
    ("info", "Gruppo Aurora", "Assistenza Commerciale", True),
    ("assistenza", "Assistenza Aurora", "Assistenza Tecnica", False),
)
_SIGNATURE_IT = "{group}\nGruppo Aurora · Via della Seta 12, 20121 Milano\ninfo@aurora.example"
_SIGNATURE_EN = "Customer care, {group}\nGruppo Aurora · Via della Seta 12, 20121 Milan, Italy\ninfo@aurora.example"


def add_mailboxes() -> None:
    """Those that are not there yet, each with the group of its name, where there is one."""
    groups = {group.name: group for group in ServiceGroup.objects.all()}
    for local, name, group, answers in _MAILBOXES:
        address = f"{local}@{DOMAIN}"
        if Mailbox.objects.filter(address=address).exists():
            continue
        add_mailbox(
            BUILDER,
            address=address,
            name=name,
            group=groups.get(group),
            answers_automatically=answers,
            subaddressed=True,
            signature_it=_SIGNATURE_IT.format(group=group),
            signature_en=_SIGNATURE_EN.format(group=group),
        )
