"""A mail's own markup, cleaned: no script, no form, no picture from elsewhere unless somebody asks for it."""

from __future__ import annotations

import nh3
from django.urls import reverse

from filo.collaborative.inbox.models import Message
from filo.collaborative.inbox.shown_text import without_keys

TAGS = nh3.ALLOWED_TAGS | {"font", "center", "u", "big"} - {"form", "input", "button", "svg", "math"}
_SHARED = {"style", "align", "valign", "width", "height", "bgcolor", "color", "dir", "lang", "title"}
ATTRIBUTES = {
    **{tag: set(_SHARED) for tag in TAGS},
    "a": _SHARED | {"href"},
    "img": _SHARED | {"src", "alt"},
    "table": _SHARED | {"border", "cellpadding", "cellspacing"},
    "td": _SHARED | {"colspan", "rowspan"},
    "th": _SHARED | {"colspan", "rowspan"},
    "font": _SHARED | {"face", "size"},
}
STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-left", "border-radius", "border-right",
    "border-top", "color", "display", "font", "font-family", "font-size", "font-style", "font-weight", "height",
    "line-height", "list-style", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width",
    "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration",
    "vertical-align", "white-space", "width",
}  # fmt: skip
_SHELL = (
    '<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>body{{margin:0;font:15px/1.5 '
    "system-ui,sans-serif;overflow-wrap:anywhere;background:#fff;color:#1c1c1c}}img{{max-width:100%;height:auto}}"
    "table{{max-width:100%}}blockquote{{margin:0 0 0 .5em;padding-left:.75em;border-left:2px solid #ccc}}</style>"
    "</head><body>{}</body></html>"
)


def page_of_mail(message: Message, *, pictures: bool) -> str:
    """A whole page for a frame; pictures that came along are shown, others only with `pictures`."""
    own = {
        f"cid:{row.content_id}": reverse("inbox:file", args=[message.conversation_id, row.pk])
        for row in message.files.all()
        if row.content_id
    }
    return _SHELL.format(cleaned(without_keys(message.html), own=own, pictures=pictures))


def cleaned(html: str, *, own: dict[str, str], pictures: bool) -> str:
    """Only known tags, attributes and styles; a link says where it leads and tells nobody whence."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return _picture(value.strip(), own, pictures=pictures)
        return None if "url(" in value.lower() and name == "style" else value

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        filter_style_properties=STYLES,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _picture(source: str, own: dict[str, str], *, pictures: bool) -> str | None:
    if source in own:
        return own[source]
    if source.startswith("data:image/") and "svg" not in source[:40]:
        return source
    return source if pictures and source.startswith("https://") else None


def has_pictures(html: str) -> bool:
    """Whether something would be fetched from elsewhere."""
    lowered = html.lower()
    return "<img" in lowered and "http" in lowered
