"""Every text has its Italian, with the same placeholders, and no page mixes languages."""

from __future__ import annotations

import io
import re
from gettext import GNUTranslations

import pytest
from django.test import Client

from filo.config import messages
from filo.testing.clients import client_of
from filo.testing.pages import pages_of, words_on
from filo.testing.world import World

ITALIAN = messages.read_catalogue("it")
# Texts that the world itself writes, or that are English in Italian too.
NOT_TEXTS = {
    "Nord",
    "Sud",
    "Manager",
    "Agent",
    "Boss",
    "Operator",
    "Inside",
    "Researcher",
    "Stranger",
    "Teammate",
    "Admin",
    "Italiano",
    "English",
}


@pytest.mark.once
def test_the_italian_catalogue_is_complete() -> None:
    report = messages.check("it")
    assert report.lines() == []


@pytest.mark.once
def test_there_is_a_catalogue_for_every_language_that_is_offered() -> None:
    from django.conf import settings

    assert set(messages.languages()) == {code for code, _name in settings.LANGUAGES} - {"en"}


@pytest.mark.once
def test_what_runs_is_what_is_written() -> None:
    """The compiled catalogue is the written one; `./filo messages` makes it anew."""
    with messages.catalogue_path("it").with_suffix(".mo").open("rb") as source:
        running = GNUTranslations(source)
    for entry in ITALIAN:
        if not entry.id:
            continue
        if isinstance(entry.id, str):
            said = [running.pgettext(entry.context, entry.id) if entry.context else running.gettext(entry.id)]
        else:
            said = [running.ngettext(*entry.id, n) for n in (1, 2)]
        assert said == _strings(entry.string), entry.id


@pytest.mark.once
def test_plurals_have_two_forms() -> None:
    for entry in ITALIAN:
        if entry.pluralizable:
            assert len(entry.string) == 2, entry.id
            assert all(entry.string), entry.id


@pytest.mark.once
def test_an_italian_text_keeps_the_shape_of_the_english_one() -> None:
    """Ends as a sentence where that ends as one, begins with a capital where that does, has no stray spaces."""
    wrong = []
    for entry in ITALIAN:
        if not entry.id or not isinstance(entry.id, str) or not isinstance(entry.string, str) or not entry.string:
            continue
        if entry.id.strip()[-1:] in ".?:" and entry.string.strip()[-1:] != entry.id.strip()[-1:]:
            wrong.append((entry.id, entry.string))
        if entry.id[0].isspace() != entry.string[0].isspace() or "  " in entry.string:
            wrong.append((entry.id, entry.string))
        if entry.id[0].isupper() and entry.string[0].islower():
            wrong.append((entry.id, entry.string))
    assert not wrong


def english_only() -> set[str]:
    """The English texts that would be seen on an Italian page if a translation were forgotten."""
    italian = {text for entry in ITALIAN for text in _strings(entry.string)}
    found = set()
    for entry in ITALIAN:
        for text in _strings(entry.id):
            if text and "%(" not in text and "{" not in text and text not in italian:
                found.add(re.sub(r"\s+", " ", text).strip())
    return found - NOT_TEXTS


def italian_only() -> set[str]:
    english = {text for entry in ITALIAN for text in _strings(entry.id)}
    texts = {text for entry in ITALIAN for text in _strings(entry.string)}
    return {re.sub(r"\s+", " ", text).strip() for text in texts if text not in english and "%(" not in text} - NOT_TEXTS


def _strings(said: object) -> list[str]:
    return [said] if isinstance(said, str) else [str(text) for text in said]  # type: ignore[union-attr]


def _mixed(client: Client, addresses: list[str], foreign: set[str]) -> list[tuple[str, str]]:
    found = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 302, 403, 404, 405), address
        found += [(address, word) for word in words_on(response.text) if len(word) > 2 and word in foreign]
    return found


def _in_language(world: World, person: str, language: str) -> Client:
    user = world.people[person]
    user.language = language
    user.save()
    return client_of(world, person)


@pytest.mark.parametrize("person", ["admin", "agent"])
def test_italian_pages_hold_no_english(world: World, person: str) -> None:
    client = _in_language(world, person, "it")
    assert _mixed(client, pages_of(world), english_only()) == []


@pytest.mark.parametrize("person", ["admin", "agent"])
def test_english_pages_hold_no_italian(world: World, person: str) -> None:
    client = _in_language(world, person, "en")
    assert _mixed(client, pages_of(world), italian_only()) == []


@pytest.mark.parametrize(("language", "foreign"), [("it", english_only), ("en", italian_only)])
def test_the_doors_pages_speak_one_language(world: World, language: str, foreign: object) -> None:
    client = Client(headers={"accept-language": language})
    assert _mixed(client, ["/login", "/password/reset", "/password/reset/done", "/inactive"], foreign()) == []  # type: ignore[operator]
    assert f'<html lang="{language}"' in client.get("/login").text


def test_refusals_of_forms_are_in_the_readers_language(world: World) -> None:
    """Also those that Django says: a date, a choice, a length, a password."""
    client = _in_language(world, "agent", "it")
    own = world.parties["own"]
    asked = [
        ("/tasks/new", {"title": "", "due_on": "x"}),
        (f"/parties/{own.id}/interactions", {"channel": "x", "at": "x", "minutes": "x", "subject": "s" * 300}),
        ("/me", {"language": "xx", "time_zone": "x", "theme": "x", "density": "x"}),
        ("/me/password", {"old_password": "x", "new_password1": "a", "new_password2": "b"}),
        ("/me/password", {"old_password": "x", "new_password1": "1234", "new_password2": "1234"}),
    ]
    english = re.compile(r"\b(the|this|is|not|enter|field|required|password is|must|select|valid)\b", re.IGNORECASE)
    for address, data in asked:
        text = client.post(address, data).text
        for sentence in re.findall(r'<p class="(?:error|problem)"[^>]*>(.*?)</p>', text, re.DOTALL):
            plain = re.sub(r"<[^>]+>", "", sentence)
            assert not english.search(plain), (address, plain)


# --- the extractor itself -----------------------------------------------------------------------------------


@pytest.mark.once
def test_texts_are_found_in_templates() -> None:
    template = """{% translate "One" %}{% translate 'Two' context "a door" as name %}
    {% blocktranslate count n=rows|length trimmed %}
      {{ n }} row
    {% plural %}
      {{ n }} rows
    {% endblocktranslate %}{% icon "x" _("Three") %}{{ value|default:_("Four") }}
    {% blocktranslate with name=x %}Hello <b>{{ name }}</b>, 100%{% endblocktranslate %}{# translate "No" #}"""
    found = [(one.one, one.many, one.context) for one in messages.in_template(template)]
    assert found == [
        ("One", "", ""),
        ("Two", "", "a door"),
        ("%(n)s row", "%(n)s rows", ""),
        ("Three", "", ""),
        ("Four", "", ""),
        ("Hello <b>%(name)s</b>, 100%%", "", ""),
    ]


@pytest.mark.once
def test_texts_are_found_in_code() -> None:
    code = b"""_("One"); gettext_lazy("Two"); _(name)
ngettext("%(n)s day", "%(n)s days", n); pgettext("a door", "Open")"""
    found = [(one.one, one.many, one.context) for one in messages.in_python(io.BytesIO(code))]
    assert found == [("One", "", ""), ("Two", "", ""), ("%(n)s day", "%(n)s days", ""), ("Open", "", "a door")]
