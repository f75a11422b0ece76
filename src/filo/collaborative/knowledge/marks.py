"""Light marks (titles, lists, **strong**, links, tables) as HTML that is safe because nothing else can come of them.

Each element is written by `format_html` around escaped text: markup that somebody typed stays what he typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_READER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
# The page has one title of its own: those within stand below it.
_ELEMENTS = {
    "paragraph": "<p>{}</p>",
    "bullet_list": "<ul>{}</ul>",
    "list_item": "<li>{}</li>",
    "blockquote": "<blockquote>{}</blockquote>",
    "strong": "<strong>{}</strong>",
    "em": "<em>{}</em>",
    "s": "<s>{}</s>",
    "table": '<div class="scroll"><table class="table">{}</table></div>',
    "thead": "<thead>{}</thead>",
    "tbody": "<tbody>{}</tbody>",
    "tr": "<tr>{}</tr>",
    "th": '<th scope="col">{}</th>',
    "td": "<td>{}</td>",
    "h3": "<h3>{}</h3>",
    "h4": "<h4>{}</h4>",
}
_ARTICLE = re.compile(r"article:([a-z0-9-]{1,80})")
_ADDRESS = re.compile(r"https?://|mailto:|tel:|/(?!/)", re.IGNORECASE)


def as_html(text: str, *, address_of: Callable[[str], str] = lambda code: f"/p/kb/{code}") -> SafeString:
    """The text with its marks carried out; `address_of` says where the article of a code is read."""
    return _inside(SyntaxTreeNode(_READER.parse(text)), address_of)


def as_words(text: str) -> str:
    """The text without its marks, on one line."""
    return " ".join(_words(SyntaxTreeNode(_READER.parse(text))).split())


def _inside(node: SyntaxTreeNode, address_of: Callable[[str], str]) -> SafeString:
    return format_html_join("", "{}", ((_shown(child, address_of),) for child in node.children))


def _shown(node: SyntaxTreeNode, address_of: Callable[[str], str]) -> SafeString:
    kind = node.type
    if kind in ("softbreak", "hardbreak"):
        return format_html("<br>{}", "")
    if kind == "hr":
        return format_html("<hr>{}", "")
    if kind == "code_inline":
        return format_html("<code>{}</code>", node.content)
    if kind in ("fence", "code_block"):
        return format_html('<pre tabindex="0"><code>{}</code></pre>', node.content)
    if kind in ("image", "html_inline", "html_block"):
        return format_html("{}", node.content)
    if not node.children:
        return format_html("{}", node.content if kind == "text" else "")
    inside = _inside(node, address_of)
    if kind == "link":
        return _link(str(node.attrGet("href") or ""), inside, address_of)
    if kind == "heading":
        return format_html(_ELEMENTS["h3" if node.tag in ("h1", "h2") else "h4"], inside)
    if kind == "ordered_list":
        return format_html('<ol start="{}">{}</ol>', str(node.attrGet("start") or 1), inside)
    return format_html(_ELEMENTS.get(kind, "{}"), inside)


def _link(address: str, inside: SafeString, address_of: Callable[[str], str]) -> SafeString:
    if named := _ARTICLE.fullmatch(address):
        return format_html('<a href="{}">{}</a>', address_of(named[1]), inside)
    if not _ADDRESS.match(address):
        return inside
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, inside)


def _words(node: SyntaxTreeNode) -> str:
    if not node.children:
        return f"{node.content} " if node.type in ("text", "code_inline", "fence", "code_block") else " "
    return "".join(_words(child) for child in node.children) + (" " if not node.is_root and node.block else "")
