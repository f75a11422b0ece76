"""What the columns of lists of what was sold are called, in Italian and English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from filo.foundation.folding import fold
from filo.operational.transfer.contents import format_of
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.sold.totals import is_of_whole_orders
from filo.operational.transfer.surveying import EITHER, Survey
from filo.operational.transfer.thing_fields import OF_WHOLE_ORDER, format_of_thing

# field → headers without spaces and signs; the first that stands in the file is taken.
KNOWN: dict[str, str] = {
    "number": "ordernumber orderno ordernr orderid ordercode numeroordine nordine numordine nrordine codiceordine "
    "idordine invoicenumber invoiceno invoicenr invoiceid invoice numerofattura nfattura numfattura numerodocumento "
    "ndocumento numdocumento nrdocumento documento numeroddt ddt salesorder ordine order fattura numero",
    "day": "orderdate dataordine invoicedate datafattura datadocumento documentdate purchasedate saledate datavendita "
    "dateofpurchase orderpurchasetimestamp data date giorno day timestamp",
    "customer_code": "customerid customercode customerno customernumber clientid codicecliente codcliente idcliente "
    "clienteid ncliente numerocliente codiceanagrafica accountid accountnumber userid buyerid",
    "customer": "customername nomecliente ragionesocialecliente ragionesociale ragsociale ragsoc companyname "
    "nominativocliente nominativo clientname cliente customer client denominazione intestatario buyername buyer "
    "acquirente azienda company billtoname billingname",
    "given_name": "firstnamebilling billingfirstname customerfirstname firstname nomebilling",
    "family_name": "lastnamebilling billinglastname customerlastname lastname surname cognome cognomebilling",
    "email": "customeremail emailcliente emailbilling billingemail email mail emailaddress",
    "vat_number": "partitaiva piva partitaivacliente vatnumber",
    "code": "stockcode productcode productid itemcode itemid codicearticolo codarticolo codart codiceprodotto "
    "codprodotto sku trackid articlecode articolo codice",
    "description": "productname itemname trackname descrizionearticolo descrizioneprodotto nomeprodotto description "
    "descrizione prodotto product item title name",
    "quantity": "quantity qty quantita qta quantitaordinata quantityordered pezzi numeropezzi units unitssold quant",
    "unit": "um unitadimisura unitofmeasure uom unita",
    "price": "unitprice priceeach priceperunit prezzounitario prezzounit prezzonetto itemcost prezzo price",
    "discount": "discount discountpercent sconto scontopercentuale percsconto",
    "discount_amount": "linediscount linediscountamount importosconto scontoimporto scontoeuro",
    "vat_rate": "vatrate aliquotaiva aliquota iva vat taxrate",
    "amount": "linetotal lineamount totaleriga importoriga importo imponibile amount netamount salesamount totalamount "
    "totale total valore fatturato sales revenue dollarvalue prezzototale totalprice",
    "currency": "currency valuta divisa currencycode",
    "country": "country paese nazione billingcountry countrycodebilling shipcountry shippingcountry",
    "status": "orderstatus statoordine status stato financialstatus",
    "cancelled": "cancelledat canceledat annullatoil dataannullamento",
    "document": "tipodocumento tipodoc documenttype doctype",
    "order_shipping": "ordershippingamount ordershippingtotal ordershipping shippingtotal",
    "order_fee": "orderfeeamount orderfeetotal orderfee feetotal",
    "order_discount": "cartdiscountamount discounttotal orderdiscountamount orderdiscount cartdiscount",
    "order_tax": "ordertotaltaxamount ordertotaltax ordertax totaltax taxtotal",
    "order_total": "ordertotalamount ordertotal",
}
_OF_PAPER = r"ord(?:ine|ini)?|fatt(?:ura)?|doc(?:umento)?|ddt|ricevuta|scontrino|vendita"
_SALE = r"order|invoice|document|receipt|transaction|bill|sale"
# What is not called by one of these words, but by a number, a code, a day of it; the whole header has to say so.
_PATTERNS: dict[str, re.Pattern[str]] = {
    field: re.compile(pattern)
    for field, pattern in {
        "number": rf"(?:n|nr|num|numero|no|id|cod|codice)(?:d[ei]ll?a?)?(?:{_OF_PAPER})"
        rf"|(?:sales?)?(?:{_SALE})(?:no|nr|num|number|id|code|key|ref)",
        "day": rf"(?:data|dt)(?:d[ei]ll?a?)?(?:{_OF_PAPER}|acquisto|emissione)"
        rf"|(?:sales?)?(?:{_SALE}|purchase)(?:date|datetime|timestamp|time)",
        "customer_code": r"(?:n|nr|num|numero|no|id|cod|codice)(?:d[ei]l)?(?:cliente|clienti|cli)"
        r"|(?:customer|client|buyer|member)(?:id|no|nr|num|number|code|key|uniqueid)",
        "code": r"(?:id|cod|codice)(?:d[ei]ll?)?(?:prod|prodotto|art|articolo)"
        r"|(?:product|item|stock|article)(?:id|code|no|nr|number|key|sku)",
        "quantity": r"(?:order|sold|item|sales)?(?:quantity|qty)(?:ordered|sold|refund)?"
        r"|(?:qta|quantita)(?:ordinata|venduta|fatturata|evasa)",
    }.items()
}
_COUNTS = re.compile(r"(?:number|numero|n)of\w+|numerodi\w+")
# An export of Shopify: what is called Name there is the number, and what has no *Lineitem* before it is of the order.
_LINE_ITEMS = {
    "name": "ordernumber",
    "createdat": "orderdate",
    "lineitemname": "productname",
    "lineitemquantity": "quantity",
    "lineitemprice": "unitprice",
    "lineitemsku": "sku",
    "lineitemdiscount": "linediscount",
    "shipping": "ordershipping",
    "duties": "orderfee",
    "discountamount": "orderdiscount",
    "taxes": "ordertax",
    "total": "ordertotal",
} | dict.fromkeys(("subtotal", "company", "location", "source"), "")
_WHOM = re.compile(
    r"client|customer|buyer|acquirente|intestatario|ragionesociale|ragsoc|partitaiva|piva|vatnumber|billing"
)
_PRICED = ("price", "amount")


def squashed(header: str) -> str:
    """A header as it is compared: "Invoice_No." is "invoiceno"."""
    return re.sub(r"[^a-z0-9]", "", fold(header))


def recognised(headers: Sequence[str]) -> dict[str, int]:
    """Which column holds what."""
    names = _names(headers)
    found: dict[str, int] = {}
    for field, known in KNOWN.items():
        free = [names.index(name) for name in known.split() if name in names]
        place = next((place for place in free if place not in found.values()), None)
        if place is None and field in _PATTERNS:
            place = _by_pattern(names, _PATTERNS[field], found)
        if place is not None:
            found[field] = place
    if "quantity" not in found:
        counts = [place for place, name in enumerate(names) if _COUNTS.fullmatch(name) and place not in found.values()]
        found |= {"quantity": counts[0]} if counts else {}
    if "customer" in found or "family_name" not in found:
        found.pop("given_name", None)
        found.pop("family_name", None)
    return found


def _names(headers: Sequence[str]) -> list[str]:
    names = [squashed(header) for header in headers]
    if "lineitemname" not in names:
        return names
    return [_LINE_ITEMS.get(name, name) for name in names]


def _by_pattern(names: Sequence[str], pattern: re.Pattern[str], found: dict[str, int]) -> int | None:
    places = (place for place, name in enumerate(names) if place not in found.values() and pattern.fullmatch(name))
    return next(places, None)


def looks_like_orders(headers: Sequence[str]) -> bool:
    """Whether a file with these headers tells what was sold: when, to whom, and how many for how much."""
    known = recognised(headers).keys()
    whom = known & {"customer", "customer_code", "email", "family_name"}
    how_many = "quantity" in known and known & {"price", "amount", "code"}
    return "day" in known and bool(whom) and bool(how_many or ("number" in known and known & {*_PRICED}))


def tells_of_sales(headers: Sequence[str]) -> bool:
    """Whether a file says when, or in which document, something went to somebody: then it is no list of products."""
    known = recognised(headers)
    whom = [place for field in ("customer", "customer_code", "vat_number") if (place := known.get(field)) is not None]
    return bool(known.keys() & {"day", "number"}) and any(_WHOM.search(squashed(headers[place])) for place in whom)


def order_columns(headers: Sequence[str], found: Survey) -> tuple[Column, ...]:
    """The meaning of each column, and how its days and numbers are written as the whole file shows it."""
    fields = recognised(headers)
    if "amount" in fields and is_of_whole_orders(found.sample, fields):
        del fields["amount"]
    if "amount" in fields and "order_total" not in fields:  # which may hold all of it already
        fields = {name: place for name, place in fields.items() if name not in OF_WHOLE_ORDER}
    places = {place: field for field, place in fields.items()}
    return tuple(_column(header, places.get(place, ""), found, place) for place, header in enumerate(headers))


def _column(header: str, field: str, found: Survey, place: int) -> Column:
    kind = format_of_thing(field)
    if kind == "date" and found.is_month_first(place):
        return Column(header, field, "", "date mdy")
    if kind == "date" and found.is_either(place):
        return Column(header, field, "", f"date {EITHER}")
    return Column(header, field, "", format_of(field, found.values(place), kind))
