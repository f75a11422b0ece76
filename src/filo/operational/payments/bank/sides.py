"""Words by which a column says which way money went."""

from __future__ import annotations

OUT = frozenset(
    [
        "d",
        "dare",
        "addebito",
        "addebiti",
        "debit",
        "debits",
        "debito",
        "dbit",
        "dr",
        "uscita",
        "uscite",
        "out",
        "-",
        "af",
        "debet",
        "soll",
        "s",
        "belastung",
        "lastschrift",
        "cargo",
        "withdrawal",
    ]
)
IN = frozenset(
    [
        "a",
        "avere",
        "accredito",
        "accrediti",
        "c",
        "credit",
        "credits",
        "credito",
        "crdt",
        "cr",
        "entrata",
        "entrate",
        "in",
        "+",
        "bij",
        "haben",
        "h",
        "gutschrift",
        "abono",
        "deposit",
    ]
)


def plain(text: str) -> str:
    """The word of a cell as it is compared."""
    return text.replace("\u2212", "-").casefold().strip(". ")


def are_sides(cells: list[str]) -> bool:
    """Whether all of these are such words, not mere letters, and one of them says that money went out."""
    words = [plain(cell) for cell in cells]
    return bool(words) and all(len(word) > 2 and word in OUT | IN for word in words) and bool(OUT.intersection(words))
