"""What speaks when two parties are compared: each field that both have, at its level, with how common it is."""

from __future__ import annotations

from filo.operational.doubles.likeness import addresses, columns, contacts, firm_names, people_names
from filo.operational.doubles.likeness.model import Model
from filo.operational.doubles.likeness.traits import PERSON, Traits

# (field, level, share of those who have the value that is shared; 0 where the level alone tells)
Spoken = list[tuple[str, str, float]]
_EXACT = "exact"
_SHARED = (_EXACT, "mobile")


def what_speaks(a: Traits, b: Traits, model: Model) -> Spoken:
    """Every field that both have and that says something."""
    if a.kind == PERSON:
        spoken = _names(a, b, model)
        if a.codice_fiscale and b.codice_fiscale:  # which say the day of birth too
            spoken.append(("codice_fiscale", contacts.tax_codes(a.codice_fiscale, b.codice_fiscale), 0.0))
        else:
            _add(spoken, "birth_date", contacts.days(a.birth_date, b.birth_date))
        _add(spoken, "vat_number", contacts.codes(a.vat, b.vat))
    else:
        spoken = _firm(a, b, model)
        _add(spoken, "vat_number", _tax_of_firms(a, b))
    _reached(spoken, a, b, model)
    if a.places and b.places:
        level, town = addresses.addresses(a.places, b.places)
        if level:
            shared = model.commonness.of("city", town) if town and level == addresses.TOWN else 0.0
            spoken.append(("address", level, shared))
    if model.columns:
        columns.add(spoken, a, b, model)
    return spoken


def _add(spoken: Spoken, field: str, level: str) -> None:
    if level:
        spoken.append((field, level, 0.0))


def _names(a: Traits, b: Traits, model: Model) -> Spoken:
    """Given and family name; both in one where they are swapped, or where one side does not tell them apart."""
    given = people_names.given_names(a.given, b.given)
    family = people_names.family_names(a.family, b.family)
    if given in people_names.AGREEING and family in people_names.AGREEING:
        pass
    elif given and family:
        if people_names.are_swapped(a.given, a.family, b.given, b.family):
            return [("names", people_names.SWAPPED, 0.0)]
    elif bool(a.given and a.family) != bool(b.given and b.family):
        level = people_names.whole_names(a.given + a.family, b.given + b.family)
        if (level and not (given or family)) or level in (people_names.EXACT, people_names.NEAR):
            return [("names", level, 0.0)]
    spoken: Spoken = []
    if given:
        spoken.append(("given_name", given, _share("given_name", a.given, b.given, model) if given == _EXACT else 0.0))
    if family:
        spoken.append(
            ("family_name", family, _share("family_name", a.family, b.family, model) if family == _EXACT else 0.0)
        )
    return spoken


def _share(field: str, a: tuple[str, ...], b: tuple[str, ...], model: Model) -> float:
    """How common the name that they share is; of two spellings (De Luca, Deluca) the commoner."""
    share = model.commonness.of(field, " ".join(a))
    return share if a == b else max(share, model.commonness.of(field, " ".join(b)))


def _firm(a: Traits, b: Traits, model: Model) -> Spoken:
    rarity = model.commonness.rarity
    level = firm_names.firm_names(a.name, b.name, rarity)
    if not level:
        return []
    share = 0.0
    if level in (firm_names.EXACT, firm_names.WORDS):
        told = min(sum(map(rarity, set(a.name))), sum(map(rarity, set(b.name))))
        share = max(2.0**-told, _RAREST_NAME)
    spoken: Spoken = [("name", level, share)]
    if a.legal_form and b.legal_form:
        spoken.append(("legal_form", _EXACT if a.legal_form == b.legal_form else "different", 0.0))
    return spoken


_RAREST_NAME = 1e-6


def _tax_of_firms(a: Traits, b: Traits) -> str:
    """A firm's codice fiscale is mostly its P.IVA: the two are one field."""
    first, second = a.vat or a.codice_fiscale, b.vat or b.codice_fiscale
    if first and second and not {a.vat, a.codice_fiscale}.isdisjoint({b.vat, b.codice_fiscale} - {""}):
        return _EXACT
    return contacts.codes(first, second)


def _reached(spoken: Spoken, a: Traits, b: Traits, model: Model) -> None:
    """E-mail, telephone and domain; a domain says nothing more where the address is the same."""
    written = contacts.emails(a.emails, b.emails)
    if written:
        spoken.append(("email", written, _rarest("email", a.emails & b.emails, model) if written == _EXACT else 0.0))
    called = contacts.phones(a.phones, b.phones)
    if called:
        spoken.append(("phone", called, _rarest("phone", a.phones & b.phones, model) if called in _SHARED else 0.0))
    if written != _EXACT:
        _add(spoken, "domain", contacts.domains(a.domains, b.domains))


def _rarest(field: str, values: frozenset[str], model: Model) -> float:
    return min(model.commonness.of(field, value) for value in values)
