"""The simplified invoice (FSM10, DPR 633/72, article 21-bis): sums with VAT inside, and little else."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.bodies import attachments_of, day_told, told, type_told
from filo.operational.invoices.fatturapa.document import ZERO, Body, Line, Reference, Summary
from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.xml import Node

_CENT = Decimal("0.01")
# DPR 633/72, article 16 and table A.
RATES = (Decimal(22), Decimal(10), Decimal(5), Decimal(4))


def simplified_body(node: Node) -> Body:
    """One simplified invoice; VAT is taken out of each sum unless it is told apart. Raises `Unreadable`."""
    general = node.node("DatiGenerali/DatiGeneraliDocumento")
    if general is None:
        raise Unreadable(_("The file does not say which document it is (DatiGeneraliDocumento is missing)."))
    goods = node.nodes("DatiBeniServizi")
    if not goods:
        raise Unreadable(_("The invoice has no lines (DatiBeniServizi is missing)."))
    lines = tuple(_line(one, at) for at, one in enumerate(goods, 1))
    return Body(
        type=type_told(general),
        day=day_told(general),
        number=told(general, "Numero"),
        currency=general.text("Divisa") or "EUR",
        stamped=general.text("BolloVirtuale") == "SI",
        total=sum((one.number("Importo") or ZERO for one in goods), ZERO),
        lines=lines,
        summaries=_summaries(goods, lines),
        references=_mended(node),
        attachments=attachments_of(node),
    )


def _line(node: Node, place: int) -> Line:
    net = (node.number("Importo") or ZERO) - _vat(node)
    return Line(
        number=place,
        description=node.text("Descrizione"),
        unit_price=net,
        total=net,
        rate=_rate(node, net),
        nature=node.text("Natura"),
    )


def _rate(node: Node, net: Decimal) -> Decimal:
    """What is told, or else what the VAT is of the sum: of the law's rates that which fits to the cent (a line may tell
    `Imposta` alone, *Specifiche tecniche* of the FSM10, 2.2.3).
    """
    if (given := node.rate("DatiIVA/Aliquota")) is not None:
        return given
    vat = node.number("DatiIVA/Imposta")
    if not vat or not net:
        return ZERO
    nearest = min(RATES, key=lambda rate: abs(net * rate / 100 - vat))
    rate = (vat * 100 / net).quantize(_CENT, ROUND_HALF_UP)
    return nearest if abs(net * nearest / 100 - vat) <= _CENT or not 0 <= rate <= 100 else rate


def _vat(node: Node) -> Decimal:
    """What is told, or else what lies in the sum at its rate."""
    if (given := node.number("DatiIVA/Imposta")) is not None:
        return given
    rate, gross = node.rate("DatiIVA/Aliquota") or ZERO, node.number("Importo") or ZERO
    return (gross * rate / (100 + rate)).quantize(_CENT, ROUND_HALF_UP)


def _summaries(goods: list[Node], lines: tuple[Line, ...]) -> tuple[Summary, ...]:
    sums: dict[tuple[Decimal, str], tuple[Decimal, Decimal]] = {}
    laws: dict[tuple[Decimal, str], str] = {}
    for node, line in zip(goods, lines, strict=True):
        key = (line.rate, line.nature)
        net, vat = sums.get(key, (ZERO, ZERO))
        sums[key] = net + line.total, vat + _vat(node)
        laws[key] = laws.get(key) or node.text("RiferimentoNormativo")
    return tuple(
        Summary(rate=rate, nature=nature, net=net, vat=vat, law=laws[rate, nature])
        for (rate, nature), (net, vat) in sums.items()
    )


def _mended(node: Node) -> tuple[Reference, ...]:
    found = node.node("DatiGenerali/DatiFatturaRettificata")
    return (Reference(kind="invoice", number=found.text("NumeroFR"), day=found.day("DataFR")),) if found else ()
