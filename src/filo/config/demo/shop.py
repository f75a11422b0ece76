"""The shop of Aurora Moda: open, with two ways of shipping, the pullovers, and a collection that only its
link opens.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from filo.collaborative.shop.models import ShippingWay
from filo.collaborative.shop.services import keep_offers, save_shipping, save_shop
from filo.config.demo.articles import summer_days
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.foundation import clock
from filo.operational.catalogue.models import Catalogue, Product, VatClass
from filo.operational.catalogue.services.catalogues import put_into, save_catalogue
from filo.operational.catalogue.services.publication import publish_catalogue
from filo.operational.prices.services.discounts import save_discount

NEW, PULLOVERS = "Nuova collezione", "Pullover"
OFFERS = ("06-01", "08-31")  # as the article on the offers says, so that shop and answers agree on every day
_TERMS_IT = (
    "Vende Aurora Moda S.r.l., Via Tortona 31, 20144 Milano, partita IVA 04517820157.\n\n"
    "I prezzi sono in euro e comprendono l’IVA. L’ordine è concluso quando arriva la nostra conferma per e-mail, "
    "con il giorno di consegna.\n\n"
    "Recesso: entro 14 giorni dalla consegna, senza dover dire perché (Codice del Consumo, articolo 52). Basta "
    "scriverci; rimborsiamo entro 14 giorni, spese di spedizione iniziali comprese.\n\n"
    "Garanzia legale: 26 mesi dalla consegna per i difetti di conformità.\n\n"
    "Per qualsiasi domanda: info@aurora.example."
)
_TERMS_EN = (
    "The seller is Aurora Moda S.r.l., Via Tortona 31, 20144 Milan, Italy, VAT number IT04517820157.\n\n"
    "Prices are in euro and include VAT. The contract is made when our confirmation reaches you by e-mail, with the "
    "day of delivery.\n\n"
    "Withdrawal: within 14 days of delivery, for any reason. Write to us; we refund within 14 days, the first "
    "shipping included.\n\n"
    "Legal guarantee: 26 months from delivery for lack of conformity.\n\n"
    "For any question: info@aurora.example."
)
_WAYS = (
    ("Corriere, a casa", "Courier, to your door", "5.90", "79.00"),
    ("Ritiro nel negozio di Milano", "Collect in our shop in Milan", "0.00", None),
)


def set_up_shop(company: Company) -> None:
    """It opens; two catalogues are published: one for everybody, one for who has its link."""
    moda = company.companies["aurora-moda"]
    facts = {"company": moda, "channel": company.channels["web"], "open": True}
    save_shop(BUILDER, {**facts, "terms_it": _TERMS_IT, "terms_en": _TERMS_EN})
    if not ShippingWay.objects.exists():
        vat = VatClass.objects.get(code="22")
        for position, (name_it, name_en, price, free) in enumerate(_WAYS):
            way = {"company": moda, "name_it": name_it, "name_en": name_en, "price": Decimal(price), "vat": vat}
            free_from = Decimal(free) if free else None
            save_shipping(BUILDER, None, {**way, "free_from": free_from, "position": position, "active": True})
    _publish(company)
    keep_offers()


def fill_the_windows() -> None:
    """What is sold and for how much, once price lists and orders are told."""
    keep_offers()


def _publish(company: Company) -> None:
    if Catalogue.objects.filter(name=NEW).exists():
        return
    moda, today = company.companies["aurora-moda"], clock.today(ROME)
    start, end = summer_days(OFFERS)
    pullovers = list(Product.objects.filter(code__startswith="PUL-").order_by("code"))
    for one in pullovers:
        offer = {"name": f"Offerta speciale: {one.name}", "percent": Decimal(30), "product": one, "company": moda}
        save_discount(BUILDER, None, {**offer, "alone": True, "valid_from": start, "valid_to": end})
    text = "I pullover pronti in magazzino."
    _catalogue(company, PULLOVERS, text, pullovers, everybody=True)
    text = "In anteprima, prima che arrivi in negozio: solo per chi ha ricevuto questo link."
    coming = list(Product.objects.filter(code__startswith="NUO-").order_by("code"))
    _catalogue(company, NEW, text, coming, valid_to=today + timedelta(days=180))


def _catalogue(company: Company, name: str, text: str, products: list[Product], **more: object) -> None:
    facts = {"name": name, "description": text, "company_id": company.companies["aurora-moda"].pk, **more}
    found = save_catalogue(BUILDER, None, facts)
    put_into(BUILDER, found, products)
    publish_catalogue(BUILDER, found)
