"""The purchase form that a colleague fills in with a customer: what lies in his cart, where it goes, how it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from filo.collaborative.cobrowse.kinds import Field, Kind
from filo.collaborative.cobrowse.models import SharedForm
from filo.collaborative.shop.facts import CheckoutFacts
from filo.collaborative.shop.queries.buying import Shipping, known_facts, payments_of, shippings_for
from filo.collaborative.shop.queries.carts import cart_of, priced_basket
from filo.collaborative.shop.queries.shelves import the_shop
from filo.collaborative.shop.services.checkout import checkout, order_with
from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.money import ZERO
from filo.operational.orders.models import Order
from filo.operational.transfer.countries import countries_in

NAMES = ("name", "email", "phone", "street", "postal_code", "city", "province", "country")


def begin(form: SharedForm) -> dict[str, str]:
    """What is known of the customer, the first way of shipping, the card."""
    visitor = _visitor(form)
    fields = {one.name: one for one in fields_of(form)}
    known = {"country": "IT", **known_facts(visitor.known)}
    found = {name: value for name, value in known.items() if name in NAMES}
    for name in ("shipping", "pay"):
        if fields[name].choices:
            found[name] = str(fields[name].choices[0][0])
    return found


def fields_of(form: SharedForm) -> Sequence[Field]:
    """As the shop asks for them."""
    shop, language = the_shop(), form.chat.language
    goods = priced_basket(shop, _visitor(form), language).total if shop else ZERO
    ways = [(str(one.way.pk), _with_price(one)) for one in shippings_for(shop, goods, language)] if shop else []
    pays = [(code, PAYS[code]) for code in payments_of(shop.company_id)] if shop else []
    return (
        Field("name", gettext_lazy("First and last name"), required=True, autocomplete="name", most=120),
        Field("email", gettext_lazy("E-mail"), "email", required=True, autocomplete="email", most=320),
        Field("phone", gettext_lazy("Telephone"), "tel", autocomplete="tel", most=40),
        Field("street", gettext_lazy("Street and number"), required=True, autocomplete="street-address", most=200),
        Field("postal_code", gettext_lazy("Postal code"), required=True, autocomplete="postal-code", most=16),
        Field("city", gettext_lazy("Town"), required=True, autocomplete="address-level2", most=120),
        Field("province", gettext_lazy("Province"), autocomplete="address-level1", most=60),
        Field("country", gettext_lazy("Country"), "select", required=True, choices=countries_in(language)),
        Field("shipping", gettext_lazy("Shipping"), "select", required=bool(ways), choices=ways),
        Field("pay", gettext_lazy("Payment"), "select", required=bool(pays), choices=pays),
        Field(
            "terms",
            gettext_lazy("I agree to the"),
            "check",
            required=True,
            choices=(("yes", gettext_lazy("Yes")),),
            link=(reverse("shop:terms"), gettext_lazy("terms of sale")),
        ),
    )


def _with_price(one: Shipping) -> str:
    price = money_words(one.price) if one.price else pgettext("shipping", "free")
    return f"{one.name}: {price}"


def send(form: SharedForm) -> str:
    """Order what lies in his cart, once; gives where he pays or is thanked. Raises `InvalidFields`."""
    values = form.values
    facts = CheckoutFacts(
        **{name: str(values.get(name, "")) for name in NAMES},  # type: ignore[arg-type]  # the texts among the facts
        key=form.key,
        pay=str(values.get("pay") or "agreed"),
        terms=values.get("terms") == "yes",
        shipping_id=UUID(values["shipping"]) if values.get("shipping") else None,
        language=get_language() or form.chat.language,
    )
    try:
        return checkout(_visitor(form), facts).pay_address
    except InvalidFields as error:
        raise InvalidFields({_OTHER.get(name, name): list(found) for name, found in error.fields.items()}) from None
    except DomainError as error:
        raise InvalidFields({"": str(error)}) from error


def about(form: SharedForm) -> tuple[str, dict[str, object]] | None:
    """What he buys, how it is shipped, and what that comes to."""
    shop = the_shop()
    if shop is None:
        return None
    visitor, language = _visitor(form), form.chat.language
    basket = priced_basket(shop, visitor, language, cart_of(visitor))
    ways = shippings_for(shop, basket.total, language)
    shipping = next((one for one in ways if str(one.way.pk) == form.values.get("shipping")), None)
    return "assistant/_basket.html", {"basket": basket, "shipping": shipping}


def outcome(form: SharedForm, principal: Principal) -> tuple[str, dict[str, object]] | None:
    """The order that it became."""
    order = order_with(form.key)
    if order is None or not Order.objects.visible_to(principal).filter(pk=order.pk).exists():
        return None
    return "assistant/_ordered.html", {"order": order}


def _visitor(form: SharedForm) -> Visitor:
    rows = Visitor.objects.select_related("party")
    found = rows.filter(pk=form.chat.visitor_id).first() if form.chat.visitor_id else None
    if found is None:
        raise DomainError(_("The customer is not on our pages any more."), code="chat-over")
    return found


PAYS = {"card": gettext_lazy("By card"), "transfer": gettext_lazy("By bank transfer")}
_OTHER = {"shipping_id": "shipping"}
PURCHASE = Kind(
    "purchase",
    gettext_lazy("Purchase form"),
    begin,
    fields_of,
    send,
    about,
    gettext_lazy("Order with obligation to pay"),
    outcome,
)
