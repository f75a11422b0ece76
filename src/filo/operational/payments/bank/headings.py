"""Which column of a statement is which, by what banks write above them and, for *Valuta*, by what stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from filo.foundation.folding import fold
from filo.operational.payments.bank.lines import amount_in, day_in
from filo.operational.payments.bank.sides import are_sides

LONGEST = 100
# By what we call a column: what banks write above it, folded; earlier ones win over later ones.
NAMES: dict[str, tuple[str, ...]] = {
    "booked": (
        "data contabile", "data contabilizzazione", "data registrazione", "data operazione", "data mov",
        "data movimento", "data esecuzione", "booking date", "booked on", "date completed utc", "date completed",
        "completed date", "data completamento", "data di completamento", "finished on", "transaction date",
        "posting date", "settlement date utc", "settlement date", "operation date utc", "operation date", "data",
        "date", "giorno", "data e ora", "data ora", "created on", "date started utc", "started date", "date time",
        "buchungstag", "buchungsdatum", "buchung", "datum", "boekdatum", "date de comptabilisation", "date operation",
        "date de l operation", "fecha operacion", "fecha contable", "fecha", "created utc", "created",
    ),
    "valued": (
        "data valuta", "value date", "data val", "dt valuta", "wertstellung", "wertstellungstag", "valutadatum",
        "date de valeur", "date valeur", "fecha valor", "rentedatum",
    ),
    "side": (
        "segno", "segno importo", "segno movimento", "sign", "d a", "a d", "d c", "c d", "dc", "cd",
        "dare avere", "avere dare", "addebito accredito", "accredito addebito", "addebiti accrediti", "debito credito",
        "credito debito", "debit credit", "credit debit", "direction", "direzione", "entrata uscita", "entrate uscite",
        "af bij", "soll haben",
    ),
    "debit": (
        "dare", "addebiti", "addebito", "importo dare", "importo addebito", "uscite", "uscita", "importo a debito",
        "debito", "debiti", "debit", "debits", "money out", "paid out", "withdrawals", "withdrawal", "addebitato",
        "soll", "belastung", "debet", "cargo", "cargos", "debe",
    ),
    "credit": (
        "avere", "accrediti", "accredito", "importo avere", "importo accredito", "entrate", "entrata",
        "importo a credito", "credito", "crediti", "credit", "credits", "money in", "paid in", "deposits",
        "accreditato", "deposit", "haben", "gutschrift", "abono", "abonos", "haber",
    ),
    "amount": (
        "importo movimento", "importo operazione", "importo", "importo transazione", "amount", "ammontare", "somma",
        "lordo", "gross", "target amount after fees", "total amount", "total amount incl vat", "importo totale",
        "netto", "net", "betrag", "umsatz", "montant", "importe", "bedrag",
    ),
    "currency": (
        "divisa", "payment currency", "currency", "target currency", "valuta movimento", "valuta importo", "wahrung",
        "devise", "monn", "munt", "moneda",
    ),
    "counterparty": (
        "controparte", "nome controparte", "ordinante", "payer name", "payer", "partner name", "source name",
        "ordinante beneficiario", "beneficiario ordinante", "debitore", "mittente", "nominativo", "counterparty",
        "counterparty name", "nome", "name", "beneficiario", "payee name", "payee", "auftraggeber empfanger",
        "auftraggeber", "empfanger", "name zahlungsbeteiligter", "zahlungspflichtige r", "naam omschrijving",
        "naam tegenpartij", "tiers", "beneficiaire", "merchant name",
    ),
    "iban": ("iban controparte", "iban ordinante", "partner iban", "counterparty iban", "iban", "beneficiary iban"),
    "state": (
        "stato", "stato operazione", "stato transazione", "stato movimento", "state", "status", "contabilizzazione",
    ),
    "text": (
        "descrizione", "descrizione operazione", "descrizione operazioni", "descrizione movimento",
        "descrizione completa", "descrizione estesa", "descrizione aggiuntiva", "causale", "causale estesa",
        "causale descrizione", "causale movimento", "dettagli", "dettaglio", "dettagli operazione", "operazione",
        "operazioni", "tipo operazione", "informazioni", "informazioni aggiuntive", "informazioni di riconciliazione",
        "riferimento", "riferimenti", "oggetto", "titolo oggetto", "nota", "note", "codice fattura", "messaggio",
        "description", "details", "payment reference", "payment details", "reference", "remittance information",
        "item title", "subject", "invoice number", "memo", "narrative", "verwendungszweck", "buchungstext", "libelle",
        "motif", "concepto", "descripcion", "omschrijving", "mededelingen", "communication", "desc",
    ),
}  # fmt: skip
# What a longer heading has to hold as whole words; the first that fits decides.
_HOLDS = (
    ("valued", r"^(data|date|dt) (.* )?(valuta|value)\b|^value date\b"),
    ("booked", r"^(data|date|dt) (contab|operaz|mov|registr|esec)|^booking date\b"),
    ("", r"^(data|date|dt)\b"),
    ("debit", r"\b(dare|addebit[oi]|uscit[ae]|debits?)\b"),
    ("credit", r"\b(avere|accredit[oi]|entrat[ae]|credits?)\b"),
    ("amount", r"\b(importo|amount|ammontare|betrag|montant|importe|bedrag)\b"),
    ("counterparty", r"\b(controparte|ordinante|beneficiario|nominativo|counterparty|auftraggeber|empfanger)\b"),
    ("iban", r"\biban\b"),
    ("currency", r"\b(divisa|currency)\b"),
    ("text", r"\b(descrizione|causale|dettagli|description|remittance|libelle|verwendungszweck)\b|^vwz ?\d*$"),
)
_BALANCE = re.compile(r"\b(saldo|saldi|balance|runningbalance|disponibile|progressivo|solde|kontostand)\b")
# A sum, a currency or an account that is not the one booked: of the shop abroad, of a fee, our own.
_NOT_IT = re.compile(
    r"\b(orig|original|originale|originario|foreign|estera|fees?|commission[ei]|tariffa|cambio|exchange|iva|vat|tax"
    r"|spedizione|conto|account|rapporto|card|carta|source|codice|code|tipo|type|id)\b"
)
_OF_CURRENCY = re.compile(r"^(?P<rest>.+?)(?: in)? (?P<code>eur|euro|usd|gbp|chf)$")
_EXACT = {word: (name, rank) for name, words in NAMES.items() for rank, word in enumerate(words)}
_PART = 1000  # a part of a heading comes after all whole ones
_MANY = ("text", "counterparty")


@dataclass(frozen=True)
class Columns:
    """one: which place each column has; many: those of which there are several, the best first, texts as they stand.
    currency: what the heading of the sum says; empty if nothing. head: the heading itself.
    """

    one: dict[str, int]
    many: dict[str, tuple[int, ...]]
    currency: str
    head: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many columns were recognised."""
        return len(self.one) + sum(len(places) for places in self.many.values())

    def suffice(self) -> bool:
        """Whether there are a day and a sum."""
        return bool({"amount", "credit"} & set(self.one)) and bool({"booked", "valued"} & set(self.one))


def columns_of(head: Sequence[str], below: Sequence[Sequence[str]]) -> Columns:
    """What the columns under these headings are. below: some of the rows under them."""
    found: dict[str, tuple[int, int]] = {}
    many: dict[str, list[tuple[int, int]]] = {name: [] for name in _MANY}
    codes = {}
    for place, cell in enumerate(head):
        name, rank, code = _meaning(cell, [row[place] for row in below if place < len(row) and row[place].strip()])
        if name in many:
            many[name].append((rank, place))
        elif name and (name not in found or rank < found[name][0]):
            found[name], codes[name] = (rank, place), code
    one = {name: place for name, (_rank, place) in found.items()}
    if not {"side", "debit", "credit"} & set(one) and (side := _side_by_words(one, below)) is not None:
        one["side"] = side
    if "side" in one and not {"amount", "credit", "debit"} & set(one):
        one["amount"] = one.pop("side")  # "Dare/Avere" above one signed sum
    many["text"].sort(key=lambda text: text[1])
    many["counterparty"].sort()
    return Columns(
        one,
        {name: tuple(place for _rank, place in places) for name, places in many.items()},
        codes.get("amount") or codes.get("credit") or "",
        tuple(fold(cell) for cell in head),
    )


def _side_by_words(one: dict[str, int], below: Sequence[Sequence[str]]) -> int | None:
    """The column whose words say which way money went, where no sum says it by its sign."""
    amounts = [amount_in(row[one["amount"]]) for row in below if "amount" in one and one["amount"] < len(row)]
    if any(amount is not None and amount < 0 for amount in amounts):
        return None
    for place in sorted({place for row in below for place in range(len(row))} - set(one.values())):
        if are_sides([row[place] for row in below if place < len(row) and row[place].strip()]):
            return place
    return None


def _meaning(heading: str, below: Sequence[str]) -> tuple[str, int, str]:
    """What a column is (empty if nothing of ours), how good a name that is, and the currency that is said with it."""
    said, code = fold(heading) if len(heading) <= LONGEST else "", ""
    if not said:
        return ("side", 0, "") if re.fullmatch(r"\s*\+\s*/?\s*[-\u2212]\s*", heading) else ("", 0, "")
    if (inner := _OF_CURRENCY.match(said)) is not None:
        said, code = inner["rest"], inner["code"][:3].upper()
    if said == "valuta":
        return ("valued" if any(day_in(cell) for cell in below) else "currency"), 0, ""
    if said in _EXACT:
        name, rank = _EXACT[said]
        if name == "side" and below and all(amount_in(cell) is not None for cell in below):
            return "amount", _PART, ""
        return name, rank, code
    if _BALANCE.search(said):
        return "", 0, ""
    for rank, (name, holds) in enumerate(_HOLDS, start=_PART):
        if re.search(holds, said):
            return (
                ("", 0, "") if name not in ("booked", "valued", "text") and _NOT_IT.search(said) else (name, rank, code)
            )
    return "", 0, ""
