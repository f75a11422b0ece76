"""How a letter opens and how its envelope names somebody, in the language of the customer.

The words follow that language and not the reader's, so they do not go through gettext.
"""

from __future__ import annotations

from filo.foundation.italy.given_names import guess_gender
from filo.foundation.italy.titles import TITLE_CHOICES, TITLES, Gender, Title, find_title

__all__ = [
    "TITLES",
    "TITLE_CHOICES",
    "Gender",
    "Title",
    "addressee",
    "find_title",
    "guess_gender",
    "salutation",
]


def salutation(
    *,
    kind: str,
    language: str,
    title: str = "",
    gender: str = "",
    given_name: str = "",
    family_name: str = "",
    legal_name: str = "",
) -> str:
    """The formal opening without its comma: "Gentile Sig. Rossi", "Spett.le Maffei S.p.A.", "Dear Ms Rossi".

    `kind` is person or organisation, `gender` male, female or nothing, `language` it or en (others as en).
    """
    italian = _is_italian(language)
    if kind == "organisation":
        if not italian:
            return "Dear Sir or Madam"
        return f"Spett.le {legal_name.strip()}" if legal_name.strip() else "Gentili Signori"
    honorific = _honorific(title, gender, italian=italian)
    full_name = _full_name(given_name, family_name)
    if not full_name:
        return "Gentile Cliente" if italian else "Dear Sir or Madam"
    name = f"{honorific} {family_name.strip() or full_name}" if honorific else full_name
    return f"Gentile {name}" if italian else f"Dear {name}"


def addressee(
    *,
    kind: str,
    language: str,
    title: str = "",
    gender: str = "",
    given_name: str = "",
    family_name: str = "",
    legal_name: str = "",
) -> str:
    """The name as on an envelope: "Sig. Mario Rossi", "Spett.le Maffei S.p.A."; "" if there is none."""
    italian = _is_italian(language)
    if kind == "organisation":
        name = legal_name.strip()
        return f"Spett.le {name}" if name and italian else name
    full_name = _full_name(given_name, family_name)
    honorific = _honorific(title, gender, italian=italian)
    return f"{honorific} {full_name}" if honorific and full_name else full_name


def _is_italian(language: str) -> bool:
    return language.strip().lower().replace("_", "-").partition("-")[0] == "it"


def _full_name(given_name: str, family_name: str) -> str:
    return " ".join(part for part in (given_name.strip(), family_name.strip()) if part)


def _honorific(title: str, gender: str, *, italian: bool) -> str:
    """What stands before the name: the title, else Sig. or Sig.ra by the gender, else nothing."""
    found = find_title(title)
    if found is None and title.strip():
        return title.strip()
    if found:
        gender = found.gender or gender
        if italian or found.english:
            return _agreeing(found, gender) if italian else found.english
    if italian:
        return {"male": "Sig.", "female": "Sig.ra"}.get(gender, "")
    return {"male": "Mr", "female": "Ms"}.get(gender, "")


def _agreeing(title: Title, gender: str) -> str:
    """ "Dr." said of a woman is Dott.ssa; the rest stays as it is."""
    return "Dott.ssa" if title.italian == "Dr." and gender == "female" else title.italian
