"""Light marks become HTML, and nothing else does."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.collaborative.knowledge.marks import as_html, as_words

pytestmark = pytest.mark.once
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](data:text/html,<script>1</script>)",
    "[x](//elsewhere.example)",
    "![x](https://elsewhere.example/pixel.png)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "<a href='javascript:1'>x</a>",
    "`<b>`",
    "```\n</code></pre><script>1</script>\n```",
    "&lt;script&gt;",
    "<https://a.example/><script>",
]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Lavare a **30** gradi", "<p>Lavare a <strong>30</strong> gradi</p>"),
        ("# Passi\n\n1. uno\n2. due", '<h3>Passi</h3><ol start="1"><li><p>uno</p></li><li><p>due</p></li></ol>'),
        ("- a\n- b\n", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("una riga\nun’altra", "<p>una riga<br>un’altra</p>"),
        ("[resi](article:resi)", '<p><a href="/p/kb/resi">resi</a></p>'),
        (
            "[qui](https://aurora.example/a?b=1&c=2)",
            '<p><a href="https://aurora.example/a?b=1&amp;c=2" rel="noopener noreferrer">qui</a></p>',
        ),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
    ],
)
def test_a_mark_is_carried_out(text: str, html: str) -> None:
    assert as_html(text) == html


def test_a_table_is_a_table() -> None:
    html = as_html("| Taglia | Uomo |\n|---|---|\n| M | 48 |")
    assert '<th scope="col">Taglia</th>' in html
    assert "<td>48</td>" in html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_is_only_text(text: str) -> None:
    html = as_html(text)
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html))
    assert tags <= {"p", "a", "code", "pre", "br"}
    assert not re.search(r'href="(?!https?:|mailto:|tel:|/p/kb/)', html)
    assert " on" not in re.sub(r">[^<]*<", "><", html)


@given(st.text(alphabet=st.sampled_from("<>&\"'[]()`*_#|-\\\n !ahjsrctp:/.="), max_size=80))
def test_whatever_is_typed_a_cleaner_finds_nothing_to_take_away(text: str) -> None:
    html = as_html(text)
    cleaned = nh3.clean(
        html,
        tags=nh3.ALLOWED_TAGS | {"div"},
        attributes={
            "a": {"href"}, "ol": {"start"}, "th": {"scope"}, "div": {"class"}, "table": {"class"}, "pre": {"tabindex"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )  # fmt: skip
    assert set(re.findall(r"<[a-z0-9]+", html)) == set(re.findall(r"<[a-z0-9]+", cleaned)) | (
        {"<tbody"} & set(re.findall(r"<[a-z0-9]+", html))
    )


def test_deep_nesting_ends() -> None:
    assert as_html("> " * 2000 + "fondo").count("<blockquote>") < 30
    assert as_html("".join(f"{'  ' * depth}- {depth}\n" for depth in range(500))).count("<ul>") < 30


def test_the_words_alone_have_no_marks() -> None:
    assert as_words("# Passi\n\n- **uno**\n- [due](/x)\n\n`tre`") == "Passi uno due tre"
