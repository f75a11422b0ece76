"""What the columns of lists of what was sold are called, in Italian and English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from filo.foundation.folding import fold
from filo.operational.transfer.contents import format_of
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.surveying import Survey
from filo.operational.transfer.thing_fields import format_of_thing

# field → headers without spaces and signs; the first that stands in the file is taken.
KNOWN: dict[str, str] = {
    "number": "ordernumber orderno ordernr orderid ordercode numeroordine nordine numordine nrordine codiceordine "
    "idordine invoicenumber invoiceno invoicenr invoiceid invoice numerofattura nfattura numfattura numerodocumento "
    "ndocumento numdocumento nrdocumento documento numeroddt ddt salesorder ordine order fattura numero",
    "day": "orderdate dataordine invoicedate datafattura datadocumento documentdate purchasedate saledate datavendita "
    "dateofpurchase orderpurchasetimestamp data date giorno day timestamp",
    "customer_code": "customerid customercode customerno customernumber clientid codicecliente codcliente idcliente "
    "clienteid ncliente numerocliente codiceanagrafica accountid accountnumber userid buyerid",
    "customer": "customername nomecliente ragionesocialecliente ragionesociale cliente customer client denominazione "
    "intestatario buyer acquirente azienda company billingname",
    "email": "customeremail emailcliente email mail emailaddress",
    "vat_number": "partitaiva piva partitaivacliente vatnumber",
    "code": "stockcode productcode productid itemcode itemid codicearticolo codarticolo codart codiceprodotto "
    "codprodotto sku trackid articlecode articolo item codice",
    "description": "productname itemname trackname descrizionearticolo descrizioneprodotto nomeprodotto description "
    "descrizione prodotto product title name",
    "quantity": "quantity qty quantita qta quantitaordinata quantityordered pezzi numeropezzi units unitssold",
    "unit": "um unitadimisura unitofmeasure uom unita",
    "price": "unitprice priceeach priceperunit prezzounitario prezzounit prezzonetto prezzo price",
    "discount": "discount discountpercent sconto scontopercentuale percsconto",
    "vat_rate": "vatrate aliquotaiva aliquota iva vat taxrate",
    "amount": "linetotal lineamount totaleriga importoriga importo imponibile amount netamount totale total valore "
    "fatturato sales revenue dollarvalue prezzototale totalprice",
    "currency": "currency valuta divisa currencycode",
    "country": "country paese nazione billingcountry shipcountry shippingcountry",
    "status": "orderstatus statoordine status stato",
}
_COUNTS = re.compile(r"(?:number|numero|n)of\w+|numerodi\w+")


def squashed(header: str) -> str:
    """A header as it is compared: "Invoice_No." is "invoiceno"."""
    return re.sub(r"[^a-z0-9]", "", fold(header))


def recognised(headers: Sequence[str]) -> dict[str, int]:
    """Which column holds what."""
    names = [squashed(header) for header in headers]
    found: dict[str, int] = {}
    for field, known in KNOWN.items():
        place = next((names.index(name) for name in known.split() if name in names), None)
        if place is not None and place not in found.values():
            found[field] = place
    if "quantity" not in found:
        counts = [place for place, name in enumerate(names) if _COUNTS.fullmatch(name) and place not in found.values()]
        found |= {"quantity": counts[0]} if counts else {}
    return found


def looks_like_orders(headers: Sequence[str]) -> bool:
    """Whether a file with these headers tells what was sold: when, to whom, and how many for how much."""
    known = recognised(headers).keys()
    whom = known & {"customer", "customer_code", "email"}
    how_many = "quantity" in known and known & {"price", "amount", "code"}
    return "day" in known and bool(whom) and bool(how_many or ("number" in known and "amount" in known))


def order_columns(headers: Sequence[str], found: Survey) -> tuple[Column, ...]:
    """The meaning of each column, and how its days and numbers are written as the whole file shows it."""
    places = {place: field for field, place in recognised(headers).items()}
    return tuple(_column(header, places.get(place, ""), found, place) for place, header in enumerate(headers))


def _column(header: str, field: str, found: Survey, place: int) -> Column:
    kind = format_of_thing(field)
    if kind == "date" and found.is_month_first(place):
        return Column(header, field, "", "date mdy")
    return Column(header, field, "", format_of(field, found.values(place), kind))
