"""The dozen people of Gruppo Aurora and their sign-ins; plain values, read without loading Django."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "aurora.example"
PASSWORD = "filo-demo"  # noqa: S105 — printed by `./filo demo`, and set by nothing else


@dataclass(frozen=True)
class Colleague:
    """Somebody of the demo company; `mailbox` stands before the domain, `unit` is the code of a unit."""

    mailbox: str
    given_name: str
    family_name: str
    role: str
    unit: str
    language: str = "it"

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


STAFF = (
    Colleague("admin", "Paolo", "Galimberti", "administrator", "gruppo-aurora"),
    Colleague("direzione", "Elena", "Castelli", "management", "direzione"),
    Colleague("area.nord", "Giorgio", "Fumagalli", "area-manager", "area-nord"),
    Colleague("area.centro", "Caterina", "Nencini", "area-manager", "area-centro"),
    Colleague("area.sud", "Vincenzo", "Iovine", "area-manager", "area-sud"),
    Colleague("agente.uno", "Marco", "Dalmasso", "agent", "nord-ovest"),
    Colleague("agente.due", "Giulia", "Trevisan", "agent", "nord-est"),
    Colleague("agente.centro", "Chiara", "Bartolini", "agent", "area-centro", "en"),
    Colleague("agente.sud", "Carmine", "Buonocore", "agent", "area-sud"),
    Colleague("interno", "Francesca", "Morelli", "inside-sales", "commerciale-interno"),
    Colleague("ricerca", "Davide", "Sartori", "researcher", "ricerca"),
    Colleague("operatore", "Laura", "Bianchi", "care-operator", "assistenza-clienti"),
)


def sign_ins() -> str:
    """The demo's sign-ins as a table for the terminal."""
    wide = max(len(one.email) for one in STAFF)
    rows = [f"  {one.email:<{wide}}  {one.role:<13}  {one.name}" for one in STAFF]
    return "\n".join([f"Gruppo Aurora, azienda di prova. Password per tutti: {PASSWORD}", *rows])
