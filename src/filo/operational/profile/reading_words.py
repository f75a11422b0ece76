"""The words by which sentences tell of sizes, colours, fibres and children, in Italian and English."""

from __future__ import annotations

import re
from collections.abc import Mapping

SIZES: Mapping[str, Mapping[str, str]] = {
    "it": {"xs": "xs", "s": "s", "m": "m", "l": "l", "xl": "xl", "xxl": "xxl", "small": "s", "medium": "m"}
    | {"media": "m", "large": "l"},
    "en": {"xs": "xs", "s": "s", "m": "m", "l": "l", "xl": "xl", "xxl": "xxl", "small": "s", "medium": "m"}
    | {"large": "l", "extra large": "xl", "extra-large": "xl", "extra small": "xs", "extra-small": "xs"},
}
COLOURS: Mapping[str, Mapping[str, str]] = {
    "it": {"bianco": "white", "nero": "black", "grigio": "grey", "blu": "blue", "azzurro": "light-blue"}
    | {"celeste": "light-blue", "verde": "green", "rosso": "red", "rosa": "pink", "giallo": "yellow"}
    | {"arancione": "orange", "viola": "purple", "marrone": "brown", "beige": "beige"},
    "en": {"white": "white", "black": "black", "grey": "grey", "gray": "grey", "light blue": "light-blue"}
    | {"blue": "blue", "green": "green", "red": "red", "pink": "pink", "yellow": "yellow", "orange": "orange"}
    | {"purple": "purple", "brown": "brown", "beige": "beige"},
}
FIBRES: Mapping[str, Mapping[str, str]] = {
    "it": {"fibre naturali": "natural", "tessuti naturali": "natural", "materiali naturali": "natural"}
    | {"fibre sintetiche": "synthetic", "tessuti sintetici": "synthetic", "materiali sintetici": "synthetic"}
    | {"sintetico": "synthetic", "sintetici": "synthetic", "cotone": "cotton", "lana": "wool", "lino": "linen"}
    | {"seta": "silk", "cashmere": "cashmere", "cachemire": "cashmere", "poliestere": "polyester", "nylon": "nylon"}
    | {"acrilico": "acrylic", "viscosa": "viscose"},
    "en": {"natural fibres": "natural", "natural fibers": "natural", "natural fabrics": "natural"}
    | {"natural materials": "natural", "synthetic fibres": "synthetic", "synthetic fibers": "synthetic"}
    | {"synthetic fabrics": "synthetic", "synthetics": "synthetic", "synthetic": "synthetic", "cotton": "cotton"}
    | {"wool": "wool", "linen": "linen", "silk": "silk", "cashmere": "cashmere", "polyester": "polyester"}
    | {"nylon": "nylon", "acrylic": "acrylic", "viscose": "viscose"},
}
NUMBERS: Mapping[str, Mapping[str, int]] = {
    "it": dict(
        zip(
            ["un", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"],
            range(1, 13),
            strict=True,
        )
    ),
    "en": dict(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
            range(1, 13),
            strict=True,
        )
    ),
}
# Of whom else a sentence may tell: then its size and its colours are not the writer's.
OTHERS = {
    "it": re.compile(
        r"\b(?:mi[oaei]|su[oa]|nostr[oaie]) (?:\w+ )?(?:moglie|marito|figli[oaei]?|mamma|madre|pap\w|padre|compagn[oa]|"
        r"fidanzat[oa]|ragazz[oa]|amic[oa]|sorell[ae]|fratell[oi]|nonn[oaie]|zi[oa]|nipot[ei]|bambin[oaie]|collega)\b|"
        r"\bregal\w+|\bper (?:un'? ?amic|lui\b|lei\b|loro\b)",
    ),
    "en": re.compile(
        r"\b(?:my|our|his|her|their) (?:\w+ )?(?:wife|husband|son|daughter|mother|mum|mom|father|dad|partner|boyfriend|"
        r"girlfriend|friend|sister|brother|grand\w+|aunt|uncle|niece|nephew|child|children|kids?|baby|colleague)\b|"
        r"\b(?:gift|present)\b|\bfor (?:him|her|them|a friend)\b",
    ),
}
# A size that did not fit, is changed, or sent back, is not one's own.
UNFIT = {
    "it": re.compile(
        r"\b(?:tropp\w+|strett\w+|largh?\w*|cambi\w+|scambi\w+|resi?|reso|restitu\w+|sbagliat\w+|non mi)\b"
    ),
    "en": re.compile(
        r"\b(?:too|tight|loose|exchang\w+|swap\w*|return\w*|wrong|instead|doesn't|does not|didn't|isn't)\b"
    ),
}
UNTRUE = {
    "it": re.compile(r"\bnon (?:è|e'|sono|mi piac\w+|amo|adoro|preferisco|porto|evito|ho|compro solo|solo)\b|\bné\b"),
    "en": re.compile(r"\b(?:don't|do not|doesn't|does not|isn't|is not|aren't|not only|never|didn't|can't say)\b"),
}
SIZE_OWN = {
    "it": r"(?:la mia taglia (?:è|e'|sarebbe)(?: (?:la|una))?|(?:porto|vesto|indosso|prendo(?: sempre| di solito)?|"
    r"sono)(?: sempre| di solito)?(?: (?:la|una))?(?: taglia)?|ho (?:la|una)(?: taglia)?)",
    "en": r"(?:my (?:usual )?size is(?: an?)?|i(?: usually| always)? (?:wear|take)(?: an?)?(?: size)?|"
    r"i(?:'m| am)(?: usually)? an?(?: size)?|i am size|i'm size)",
}
SIZE_BARE = {"it": r"(?:in|nella|la|una)? ?taglia", "en": r"(?:in )?(?:a )?size"}
LIKED = {
    "it": r"(?:mi piace(?: molto| tanto)?|amo|adoro|preferisco|(?:il mio )?colore preferito (?:è|e'))"
    r"(?: (?:il|lo|la|i)| l')? ?(?:color[ei] )?",
    "en": r"(?:i(?: really)? (?:like|love|prefer)|i'm fond of|my favou?rite colou?r is) (?:the colou?r )?",
}
AVOIDED = {
    "it": r"(?:niente|nessun|no|senza|basta|evito|evitare|non (?:voglio|vorrei|sopporto|tollero|metto|indosso|uso)|"
    r"(?:capi|fibre|tessuti|materiali|maglie|cose) non|"
    r"allergic[oa] (?:a|al|alla|alle|ai|all'|agli)|intollerante (?:a|al|alla|alle|ai))"
    r"(?: (?:il|lo|la|le|i|gli|del|della|delle|nulla di|capi (?:in|di)|cose (?:in|di)|fibre|tessuti|roba))* ?",
    "en": r"(?:nothing|no|without|avoid|(?:clothes|garments|fibres|fabrics|things)(?: that are)? not|"
    r"can't stand|cannot stand|can't wear|cannot wear|"
    r"don't (?:want|like|wear)(?: any)?|do not (?:want|like|wear)(?: any)?|allergic to|free of) (?:any |anything )?",
}
WANTED = {
    "it": r"(?:solo|soltanto|solamente|esclusivamente|unicamente|preferisco|100 ?%)"
    r"(?: (?:in|di|il|lo|la|le|i|capi (?:in|di)|capi|cose in))* ?",
    "en": r"(?:only(?: wear| buy| want)?|nothing but|just|exclusively|i prefer|100 ?%(?: pure)?) (?:pure )?",
}
CHILD = {
    "it": r"(?:figli[oae]?|bambin[oaie]|bimb[oaie]|piccol[oa]|nipotin[oa])",
    "en": r"(?:son|daughter|sons|daughters|children|child|kids?|little one|boy|girl|boys|girls|twins)",
}
