"""The words in cells that mean one of a few things: a stage, a kind of party, a language, a gender, a month."""

from __future__ import annotations

from collections.abc import Mapping

from filo.foundation.folding import fold


def _meant(words: Mapping[str, str]) -> dict[str, str]:
    """{word: meaning} of {meaning: "its words"}; words are written without spaces."""
    return {word: meaning for meaning, said in words.items() for word in said.split()}


_STAGES = _meant(
    {
        "suspect": "suspect sospetto subscriber iscritto target visitatore",
        "lead": "lead contatto interessato new nuovo marketingqualifiedlead leadqualificatoperilmarketing",
        "prospect": """prospect potenziale trattativa opportunity opportunita salesqualifiedlead qualified qualificato
            leadqualificatoperlevendite""",
        "customer": "customer cliente client acquisito attivo evangelist promotore",
    }
)
_KINDS = _meant(
    {
        "person": """person persona people individual individuo individuale privato personafisica fisica consumer
            contact contatto false no falso 0""",
        "organisation": """organisation organization organizzazione company azienda societa ditta impresa ente
            personagiuridica giuridica org group business account true si yes vero 1""",
    }
)
_LANGUAGES = _meant({"it": "it ita itit italiano italiana italian", "en": "en eng enus engb inglese english"})
_GENDERS = _meant({"female": "f femmina femminile donna female woman", "male": "m maschio maschile uomo male man"})
_NO_GENDER = frozenset(("unspecified", "nonspecificato", "altro", "other", "unknown", "sconosciuto", "u", "x", "n"))
_BY_MONTH = "gen jan,feb,mar,apr,mag may,giu jun,lug jul,ago aug,set sep,ott oct,nov,dic dec"
MONTHS = {word: number for number, words in enumerate(_BY_MONTH.split(","), start=1) for word in words.split()}


def stage(cell: str) -> str:
    """The stage that a word of any program means; "" when it is not known."""
    return _STAGES.get(_joined(cell), "")


def party_kind(cell: str) -> str:
    """person or organisation; "" when it is not said."""
    return _KINDS.get(_joined(cell), "")


def language(cell: str) -> str:
    """it or en; "" for any other."""
    return _LANGUAGES.get(_joined(cell), "")


def gender(cell: str) -> str:
    """female or male; "" when it is not said."""
    return _GENDERS.get(_joined(cell), "")


def says_no_gender(cell: str) -> bool:
    """Whether somebody chose to say neither."""
    return _joined(cell) in _NO_GENDER


def _joined(cell: str) -> str:
    return "".join(fold(cell).split())
