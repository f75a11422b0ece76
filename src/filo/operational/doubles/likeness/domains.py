"""Which internet domain speaks for a firm, and which is that of a provider whom everybody uses."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from filo.foundation.italy.emails import is_pec

_EVERYBODYS = """
    gmail.com googlemail.com hotmail.com hotmail.it outlook.com outlook.it live.com live.it msn.com yahoo.com yahoo.it
    yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com libero.it virgilio.it alice.it tim.it tin.it
    tiscali.it tiscalinet.it inwind.it iol.it email.it katamail.com fastwebnet.it vodafone.it teletu.it poste.it
    supereva.it interfree.it aruba.it aol.com aim.com gmx.com gmx.net gmx.de web.de t-online.de mail.com proton.me
    protonmail.com tutanota.com fastmail.com zoho.com hushmail.com orange.fr free.fr wanadoo.fr btinternet.com sky.com
    comcast.net verizon.net att.net mail.ru yandex.ru qq.com 163.com facebook.com instagram.com linkedin.com
    twitter.com x.com youtube.com google.com sites.google.com wordpress.com blogspot.com wixsite.com business.site
    jimdo.com altervista.org paginegialle.it tripadvisor.it
"""
_PROVIDERS = frozenset(_EVERYBODYS.split())


def domain_of_email(email: str) -> str:
    """The domain of the firm that an address belongs to; "" when it is a provider's or of certified mail."""
    domain = email.rpartition("@")[2]
    return "" if not domain or domain in _PROVIDERS or _certified(domain) else domain


def domain_of_web(address: str) -> str:
    """The domain of a web page, without www; "" for a page with a provider."""
    text = address.strip().lower()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return "" if "." not in host or host in _PROVIDERS else host


@lru_cache(maxsize=16_384)
def _certified(domain: str) -> bool:
    return is_pec(f"x@{domain}")
