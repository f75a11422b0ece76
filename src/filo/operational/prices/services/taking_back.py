"""How acts on prices are taken back: each field as it was, where nobody has changed it since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, PuttingBack, Values, still_there, undo_with
from filo.foundation.errors import DomainError, NotFound
from filo.operational.catalogue.models import Product
from filo.operational.parties.models import Party
from filo.operational.prices.models import Coupon, Discount, PartyClass, PriceList
from filo.operational.prices.queries.plans import features_of, version_of_plans
from filo.operational.prices.services.discounts import save_coupon, save_discount, set_class
from filo.operational.prices.services.features import row_of, save_features
from filo.operational.prices.services.lists import row_told, save_list, what_is_said, write_rules

Saving = Callable[..., object]


def register_undo() -> None:
    """Called once, when the program starts."""
    kinds: tuple[tuple[str, type[Model], Saving], ...] = (
        ("price-list", PriceList, save_list),
        ("discount", Discount, save_discount),
        ("coupon", Coupon, save_coupon),
    )
    for kind, model, save in kinds:
        undo_with(kind, f"{kind}.edit", _fields_back(model, save))
        undo_with(kind, f"{kind}.create", _out_of_use(model, save))
    undo_with("price-list", "price-list.prices", _prices_back)
    undo_with("party", "party.price-class", _class_back)
    undo_with("product", "product.plans", _plans_back)


def _seen(model: Any, principal: Principal, key: Any) -> Any:
    found = model.objects.visible_to(principal).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def _fields_back(model: type[Model], save: Saving) -> PuttingBack:
    def put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
        found = _seen(model, principal, entry.object_id)
        now = plain({name: _kept(found, name) for name in values})
        free, since = still_there(values, now)
        if free:
            save(principal, found, {name: _typed(found, name, value) for name, value in free.items()})
        return PutBack(free, since)

    return put_back


def _out_of_use(model: type[Model], save: Saving) -> PuttingBack:
    """What was made is taken out of use; prices that were made from it stay explained."""

    def put_back(principal: Principal, entry: AuditEntry, _values: Values) -> PutBack:
        save(principal, _seen(model, principal, entry.object_id), {"active": False})
        return PutBack(["active"])

    return put_back


def _kept(found: Any, name: str) -> Any:
    value = getattr(found, name)
    return value.pk if isinstance(value, Model) else value


def _typed(found: Any, name: str, value: Any) -> Any:
    column = found._meta.get_field(name)
    if column.is_relation:
        return column.related_model.objects.filter(pk=value).first() if value else None
    return column.to_python(value)


def _prices_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    found = _seen(PriceList, principal, entry.object_id)
    free, since = still_there(values, what_is_said(found, list(values)))
    write_rules(principal, found, [row_told(word, said) for word, said in free.items()])
    return PutBack(free, since)


def _plans_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """The rows as they stood; an old entry kept only their names."""
    if "rows" not in entry.changes:
        raise DomainError(_("There is no way back from this."), code="no-way-back")
    product = _seen(Product, principal, entry.object_id)
    there = features_of(product)
    free, since = still_there({"rows": tuple(entry.changes["rows"])}, {"rows": [row_of(one) for one in there]})
    if free:
        save_features(principal, product, free["rows"], version=version_of_plans(there))
    return PutBack(["plans"] if free else (), ["plans"] if since else ())


def _class_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    party = _seen(Party, principal, entry.object_id)
    there = PartyClass.objects.filter(party=party, company=None).first()
    free, since = still_there(values, {"class": there.word if there else ""})
    if "class" in free:
        set_class(principal, party, free["class"])
    return PutBack(free, since)
