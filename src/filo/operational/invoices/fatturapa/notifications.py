"""What the exchange says about a file that was sent: delivered, refused, not delivered, accepted, run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.signed import looks_signed, opened
from filo.operational.invoices.fatturapa.xml import Node, parsed

_ITALY: Final = ZoneInfo("Europe/Rome")
# By the names of their roots, for firms and for public offices.
KINDS: Final = {
    "RicevutaConsegna": "RC",
    "RicevutaScarto": "NS",
    "NotificaScarto": "NS",
    "RicevutaImpossibilitaRecapito": "MC",
    "NotificaMancataConsegna": "MC",
    "NotificaEsito": "NE",
    "NotificaEsitoCommittente": "EC",
    "NotificaDecorrenzaTermini": "DT",
    "AttestazioneTrasmissioneFattura": "AT",
    "AttestazioneAvvenutaTrasmissione": "AT",
    "MetadatiInvioFile": "MT",
    "FileMetadati": "MT",
    "ScartoEsitoCommittente": "SE",
}
NAMES: Final = {
    "RC": gettext_lazy("Delivered"),
    "NS": gettext_lazy("Refused by the exchange"),
    "MC": gettext_lazy("Could not be delivered"),
    "NE": gettext_lazy("The office's answer"),
    "EC": gettext_lazy("The office's answer"),
    "DT": gettext_lazy("The office let the term run out"),
    "AT": gettext_lazy("Handed in, but the office could not be reached"),
    "MT": gettext_lazy("Data of a file that was received"),
    "SE": gettext_lazy("An answer was refused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One reason for a refusal, with the exchange's code for it (00404: sent twice)."""

    code: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """About a file, and about one invoice of it where `number` says so. accepted: an office's answer, if it is one."""

    kind: str
    exchange_id: str
    filename: str
    message_id: str = ""
    at: datetime | None = None
    complaints: tuple[Complaint, ...] = ()
    accepted: bool | None = None
    note: str = ""
    number: str = ""
    year: str = ""
    xml: bytes = b""


def is_notification(root: Node) -> bool:
    """Whether this is the exchange's, not an invoice."""
    return root.name in KINDS


def read_notification(content: bytes, filename: str = "") -> Notification:
    """What the exchange says. Raises `Unreadable`."""
    if looks_signed(content, filename):
        content = opened(content).content
    root, _mended = parsed(content)
    if not is_notification(root):
        raise Unreadable(
            _("This is XML, but no notification of the exchange: it begins with “%(name)s”.") % {"name": root.name}
        )
    kind, exchange_id = KINDS[root.name], root.text("IdentificativoSdI")
    if not exchange_id:
        raise Unreadable(_("This notification does not say which file it is about (IdentificativoSdI is missing)."))
    answer = root.node("EsitoCommittente") or root
    outcome = answer.text("Esito")
    return Notification(
        kind=kind,
        exchange_id=exchange_id,
        filename=root.text("NomeFile"),
        message_id=root.text("MessageId"),
        at=_moment(root, "DataOraConsegna") or _moment(root, "DataOraRicezione"),
        complaints=tuple(_complaint(one) for one in root.nodes("ListaErrori/Errore")),
        accepted={"EC01": True, "EC02": False}.get(outcome),
        note=answer.text("Descrizione") or root.text("Note"),
        number=answer.text("RiferimentoFattura/NumeroFattura"),
        year=answer.text("RiferimentoFattura/AnnoFattura"),
        xml=content,
    )


def _complaint(node: Node) -> Complaint:
    return Complaint(code=node.text("Codice"), text=node.text("Descrizione"), hint=node.text("Suggerimento"))


def _moment(root: Node, name: str) -> datetime | None:
    told = root.text(name)
    try:
        found = datetime.fromisoformat(told) if told else None
        return found.replace(tzinfo=_ITALY) if found is not None and found.tzinfo is None else found
    except ValueError:
        raise Unreadable(
            _("In %(field)s stands “%(text)s”, which is no moment.") % {"field": name, "text": told[:40]}
        ) from None
