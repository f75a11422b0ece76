"""What columns of lists of products are called, in Italian and English, by firms, suppliers and shops.

Headers are compared without accents, spaces and signs: "Prezzo d'acquisto (€)" is prezzodacquisto.
"""

from __future__ import annotations

import re

from filo.foundation.folding import fold

_TABLE = """
sku: sku variantsku productcodesku codicesku skuvariante codicearticolo codarticolo codart codiceart articolocodice
sku: itemcode itemno
sku: itemnumber articlecode articlenumber partnumber stockcode reference riferimento riferimentoprodotto codicerif
sku: internalreference riferimentointerno defaultcode codiceinterno codicevariante codvariante variantcode codice cod
sku: code codarticolofornitore articolo art narticolo idprod idart item id productid idprodotto mpn
product: productcode codiceprodotto codprodotto codicemodello codmodello codmod modello model stylecode style
product: itemgroupid productreference parent parentsku genitore codicepadre skupadre skugenitore articolopadre handle
product: urlhandle producthandle handleid
name: name nome nomeit nomeprodotto productname itemname nomearticolo titolo title denominazione descrizionebreve
name: descrizionearticolo descrizioneprodotto descrarticolo descrart prodotto product designazione
name: descrizioneart itemdescription producttitle
name_en: nameinenglish nameen nomeininglese nomeinglese nomeen
description: description descrizione descr desc descrizioneestesa descrizionelunga descrizionecompleta bodyhtml body
description: longdescription productdescription descrizioneprodottoestesa descrizioneweb descrizwebsorgentehtml
description_en: descriptioninenglish descriptionen descrizioneininglese descrizioneen
price: baseprice prezzobase regularprice prezzo prezzodivendita prezzovendita prvendita prezzounitario prezzounit
price: prezzodilistino
price: prezzolistino listino price variantprice prezzoregolare listprice unitprice sellingprice salesprice
price: prezzoimpescl prezzotasseescl prezzoivaesclusa prezzoivaescl prezzosenzaiva prezzoimponibile pricetaxexcl
price: pricetaxexcluded priceexcltax pricewithouttax prezzonetto netprice
price: prezzotasseescluse prezzoimposteescluse listino1 prlistino prezzovend prezzosenzatasse
gross: prezzoivainclusa prezzoivacompresa prezzoivaincl prezzoivato prezzoconiva prezzotasseincluse prezzotasseincl
gross: prezzoimpincl prezzoimposteincluse prezzoalpubblico listinoivato listino1ivato listino1ivaincl priceincltax
gross: priceincludingtax priceinclvat priceincludingvat pricewithtax pricewithvat grossprice pricetaxincl
cost: cost costo costodiacquisto costoacquisto costounitario costounit prezzodiacquisto prezzodacquisto prezzoacquisto
cost: purchaseprice costprice costperitem unitcost prezzodicosto prezzocosto ultimocosto costoultimo costomedio
cost: costofornitore supplierprice wholesaleprice
cost: prezzoallingrosso prezzofornitore prezzoforn prezzoacq pracquisto costofornitura costofgoodssold
vat: vat iva aliquota aliquotaiva vatrate codiceiva codiva vatclass aliqiva percentualeiva percriva vatcode taxrate
vat: aliva
category: category categoria categories categorie collection cat categoriaprincipale categoriamerceologica
category: defaultcategory reparto
category: producttype tipoprodotto tipologia productcategory gruppomerceologico merceologia famiglia gruppo
category: productcollectiontitle googleproductcategory categoriesxyz categoriexyz
brand: brand brands brandname marca marche marchio vendor produttore manufacturer fabbricante
barcode: barcode ean ean13 codiceean codean eancode codiceabarre codiceabarreean codbarre codabarre barcodeean gtin
barcode: productupcean gtin13 upc variantbarcode globaluniqueid gtinupceanorisbn gtinupceanoisbn isbn
stock: giacenza giacenzaattuale quantita qta quantitadisponibile qtadisponibile quantitainmagazzino qtamagazzino
stock: quantitainstock instock disponibilita disponibile esistenza stock stockquantity stockqty qty quantity
stock: variantinventoryqty inventoryqty inventory inventoryquantity onhand quantityonhand qtyonhand availablequantity
stock: variantinventoryquantity currentstocklevel stockonhand unitsinstock quantitaingiacenza qtaingiacenza
stock: quantityavailable pezzi scorte qtagiacenza qtadisp disp giac inmagazzino
available: availability statodisponibilita stockstatus
place: place magazzino deposito luogo warehouse
weight: weightinkg weightkg pesokg pesoinkg peso weight productweight pesonetto pesolordo pesonettokg pesounitario
weight: shippingweight
grams: variantgrams grams grammi weightg pesog pesogr pesoingrammi weightvaluegrams
unit: unitofmeasure unitadimisura um umis unmis udm codudm uom unita unit
condition: condition condizione condizioni statoarticolo
status: status stato productstatus statoprodotto active01 attivo01
published: published pubblicato pubblicata pubblicatoonline publishedononlinestore productvisible visible visibile
published: productonline
visibility: visibilityincatalog visibilitanelcatalogo catalogvisibility visibility visibilita
currency: currency currencycode valuta divisa codicevaluta moneta
sale_price: saleprice prezzoinofferta prezzoofferta prezzoscontato prezzopromozionale prezzopromo specialprice
line: productline linea lineadiprodotto lineaprodotto
company: company societa azienda
low_at: lowstocklevel reorderlevel quantitabassainmagazzino scortamin lowstockat scortaminima sottoscorta
low_at: lowstockamount riordino puntodiriordino quantitasottoscorta sogliascorta
low_at: importobassoinmagazzino sogliadiscorta
short: shortdescription brevedescrizione descrizionesintetica descrizionebreve
type: type tipo itemtype fieldtype
images: images image imagesrc imageurl imageurls imagesurl imagelink imageurlsxyz immagine immagini urlimmagine foto
images: urlimmagini linkimmagine immagineprincipale urlfoto fotografia fotografie fotoprodotto picture pictures
images: pictureurl photo photos productimage productimages productimageurl mainimage mainimageurl baseimage
images: featuredimage productimageurl1
more_images: variantimage additionalimages additionalimagelink additionalimage immaginiaggiuntive altreimmagini
more_images: altrefoto galleria gallery
image_words: imagealttext alttext imagealt testoalternativo testoalternativoimmagine
attributes: attributes attributi
active: inuse inuso attivo active
row_id: id
variations: configurablevariations
variation_labels: configurablevariationlabels
option_names: optiongroups
option_values: optionvalues
facets: facets
surcharge: surcharge
discontinued: discontinued fuoriproduzione
"""
# field → headers; the first that stands in the file is taken, and of several the first that holds anything.
KNOWN: dict[str, tuple[str, ...]] = {}
for _line in _TABLE.strip().splitlines():
    _field, _colon, _words = _line.partition(": ")
    KNOWN[_field] = (*KNOWN.get(_field, ()), *_words.split())

# Columns that are attributes of variants by themselves, and what they are called.
ATTRIBUTES = {
    "taglia": "Taglia",
    "tg": "Taglia",
    "misura": "Misura",
    "size": "Size",
    "colore": "Colore",
    "color": "Colour",
    "colour": "Colour",
    "materiale": "Materiale",
    "material": "Material",
}
# By these a file is Italian: a comma before decimals where nothing else tells.
_ITALIAN = re.compile(
    r"codice|prezzo|descrizione|giacenza|quantita|categoria|taglia|colore|listino|articolo|marca|costo|nome|magazzino"
    r"|aliquota|iva|riferimento|qta|um|peso|disponibil|titolo"
)
TYPES = frozenset(
    (
        *("simple", "variable", "variation", "grouped", "external", "virtual", "downloadable", "affiliate", "bundle"),
        *("configurable", "sku", "product", "variant", "servizio", "magazzino"),
    )
)
# What units are called in lists of suppliers.
UNITS_IN_SHORT = {
    **dict.fromkeys(("pz", "pezzo", "pezzi", "nr", "n", "num", "cad", "ea", "each", "pcs", "piece"), "pc"),
    **dict.fromkeys(("pa", "paio", "paia", "pairs"), "pair"),
    **dict.fromkeys(("cf", "conf", "kit", "set"), "set"),
    **dict.fromkeys(("mt", "ml", "metro", "metri"), "m"),
    **dict.fromkeys(("mq", "metri quadri", "sqm"), "m2"),
    **dict.fromkeys(("kgs", "chilo", "chili"), "kg"),
    **dict.fromkeys(("lt", "ltr", "litro", "litri"), "l"),
    **dict.fromkeys(("ora", "ore", "hour", "hours"), "h"),
    **dict.fromkeys(("gg", "giorno", "giorni", "days"), "day"),
}
CONDITIONS_BY_WORD = {
    **dict.fromkeys(("nuovo", "nuova", "new"), "new"),
    **dict.fromkeys(("used", "usato", "usata", "refurbished", "ricondizionato", "seconda mano"), "second-hand"),
}
STATUSES_BY_WORD = {
    **dict.fromkeys(
        ("1", "active", "attivo", "attiva", "enabled", "yes", "si", "true", "publish", "published"), "active"
    ),
    **dict.fromkeys(("0", "1 0", "draft", "bozza", "disabled", "disattivo", "disattivato", "no", "false"), "draft"),
    **dict.fromkeys(("private", "pending", "privato", "unlisted"), "draft"),
    **dict.fromkeys(("archived", "archiviato", "discontinued", "fuori produzione"), "retired"),
}


def squashed(header: str) -> str:
    """A header as it is compared; which currency it names is asked elsewhere (`currency_in`)."""
    found = re.sub(r"[^a-z0-9]", "", fold(header))
    return re.sub(r"(?<=[a-z])(?:ineuro|euro|eur|usd|gbp|chf)$", "", found)


def is_italian(headers: list[str]) -> bool:
    """Whether headers are in Italian."""
    return any(_ITALIAN.match(squashed(header)) for header in headers)
