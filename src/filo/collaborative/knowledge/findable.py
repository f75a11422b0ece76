"""Articles and the files on them, found by their words; a form of a word is found by any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.knowledge.models import Article, ArticleFile
from filo.foundation.access.principal import Principal
from filo.foundation.folding import words
from filo.foundation.search import services as search
from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.filling import Filler, register_filler
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import notes_with
from filo.foundation.search.sources import Line, Sought, register_source
from filo.foundation.sizes import rows_about

ARTICLE, FILE, VERSION = "article", "article-file", 1
MOST_FOUND = 1_000


def words_of(article: Article) -> str:
    """Its titles and the ways to ask first, then what it says; each word once, since only so many are kept."""
    texts, ways = list(article.texts.all()), article.phrasings.all()
    parts = [article.code.replace("-", " "), *(text.title for text in texts), *(way.text for way in ways)]
    parts += [f"{text.answer}\n{text.body}" for text in texts]
    return " ".join(dict.fromkeys(words("\n".join(parts))))


def keep_words(article: Article) -> None:
    """Make an article findable as it is now; verbs call it in their transaction."""
    fresh = Article.objects.prefetch_related("texts", "phrasings").get(pk=article.pk)
    search.note(ARTICLE, {fresh.pk: words_of(fresh)})


def keep_words_of_file(row: ArticleFile) -> None:
    """Make a file findable by its name and what it says."""
    search.note(FILE, {row.pk: " ".join(dict.fromkeys(words(f"{row.file.name}\n{row.text}")))})


def forget_words_of_file(row: ArticleFile) -> None:
    """Make a file unfindable."""
    search.forget_notes(FILE, [row.pk])


def holding(stems: Sequence[Group]) -> Q:
    """Articles that hold a form of each of these words, themselves or in one of their files."""
    in_files: QuerySet[Any] = ArticleFile.objects.filter(pk__in=notes_with(FILE, stems).values("object_id"))
    return Q(pk__in=notes_with(ARTICLE, stems).values("object_id")) | Q(pk__in=in_files.values("article"))


def articles_with(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, themselves or in a file, what was changed last first."""
    if not principal.may("article", "view"):
        return []
    ids, files = sought.ids(ARTICLE, most=MOST_FOUND), sought.ids(FILE, most=MOST_FOUND)
    if not ids and not files:
        return []
    seen = Article.objects.visible_to(principal).filter(Q(pk__in=ids) | Q(files__in=files)).distinct()
    seen = seen.order_by("-updated_at", "-pk")
    return [_line(article, sought.stems) for article in seen.prefetch_related("texts")[:limit]]


def _line(article: Article, stems: Sequence[Group]) -> Line:
    said = "\n".join(f"{text.answer}\n{text.body}" for text in article.texts.all())
    pieces, address, at = excerpt(said, stems), f"/knowledge/{article.pk}", article.updated_at
    return Line(ARTICLE, article.pk, None, article.title, _("Article"), "book-open", pieces, address, at)


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next articles in the order of their ids, with their files; gives their ids."""
    rows = Article.objects.order_by("pk").select_for_update(no_key=True, of=("self",))
    found = list((rows.filter(pk__gt=after) if after else rows).prefetch_related("texts", "phrasings")[:number])
    search.note(ARTICLE, {one.pk: words_of(one) for one in found})
    for row in ArticleFile.objects.filter(article__in=found).select_related("file"):
        keep_words_of_file(row)
    return [one.pk for one in found]


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(ARTICLE, articles_with)
    total = lambda: rows_about(Article) or Article.objects.count()  # noqa: E731
    register_filler(Filler(ARTICLE, VERSION, total=total, fill=make_findable))
