"""What is put onto an article: files, whose text is read apart, and requests and articles that belong to it."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts
from filo.collaborative.knowledge.events import ArticleChanged
from filo.collaborative.knowledge.findable import forget_words_of_file, keep_words_of_file
from filo.collaborative.knowledge.models import Article, ArticleFile, ArticleLink, Category
from filo.collaborative.knowledge.policies import ARTICLE_SEEN
from filo.collaborative.knowledge.services.writing import write_article
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.files.naming import clean_name
from filo.foundation.files.services import forget_files, store_file
from filo.foundation.files.texts import text_of
from filo.foundation.folding import clean_line
from filo.foundation.jobs.services import enqueue
from filo.operational.service.models import Ticket

MOST_FILES, MOST_LINKS = 30, 500


def attach_file(principal: Principal, article: Article, data: bytes, *, name: str, media_type: str = "") -> ArticleFile:
    """Put a file onto an article; what it says is found a moment later.

    Raises `Forbidden`, `InvalidFields` (empty, or too many), `FileTooLarge`.
    """
    _may_change(principal, article)
    if not data:
        raise InvalidFields({"file": _("This file is empty.")})
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        known = list(locked.files.select_related("file"))
        if len(known) >= MOST_FILES:
            raise InvalidFields({"file": _("At most %(limit)s files lie on an article.") % {"limit": MOST_FILES}})
        file = store_file(data, name=name, media_type=media_type)
        row = ArticleFile.objects.create(article=locked, file=file, position=len(known))
        keep_words_of_file(row)
        _note(principal, article, "article.attach", file=(None, file.name))
        enqueue("knowledge.read_file", row=str(row.id))
    return row


def detach_file(principal: Principal, row: ArticleFile) -> None:
    """Take a file away; it is gone for good. Raises `Forbidden`."""
    _may_change(principal, row.article)
    with transaction.atomic():
        forget_words_of_file(row)
        _note(principal, row.article, "article.detach", file=(row.file.name, None))
        file = row.file
        row.delete()
        forget_files([file])


def read_attached(row_id: UUID) -> int:
    """Take the text out of a file and make it findable; gives its length. For the job that waits for it."""
    row = ArticleFile.objects.select_related("file").filter(pk=row_id).first()
    if row is None:
        return 0
    found = text_of(row.file)
    with transaction.atomic():
        if not ArticleFile.objects.filter(pk=row_id).update(text=found.text, problem=found.problem):
            return 0
        row.text = found.text
        keep_words_of_file(row)
    return len(found.text)


def link_ticket(principal: Principal, article: Article, ticket: Ticket) -> None:
    """Put a request onto an article; twice changes nothing. Raises `Forbidden`."""
    _may_change(principal, article)
    if not Ticket.objects.visible_to(principal).filter(pk=ticket.pk).exists():
        raise Forbidden
    _link(principal, article, "ticket", ticket.pk)


def link_article(principal: Principal, article: Article, other: Article) -> None:
    """Let an article name another; twice changes nothing. Raises `Forbidden`, `DomainError` for itself."""
    _may_change(principal, article)
    if article.pk == other.pk:
        raise DomainError(_("An article does not name itself."), code="names-itself")
    if not ARTICLE_SEEN.allows(principal, other):
        raise Forbidden
    _link(principal, article, "article", other.pk)


def unlink(principal: Principal, article: Article, kind: str, target: UUID) -> None:
    """Take a request or an article off again; where it was not, nothing happens. Raises `Forbidden`."""
    _may_change(principal, article)
    with transaction.atomic():
        gone, _rows = ArticleLink.objects.filter(article=article, kind=kind, target=target).delete()
        if gone:
            _note(principal, article, "article.unlink", **{f"link_{kind}": (str(target), None)})


def _link(principal: Principal, article: Article, kind: str, target: UUID) -> None:
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if locked.links.count() >= MOST_LINKS:
            raise DomainError(_("At most %(limit)s things lie on an article.") % {"limit": MOST_LINKS}, code="too-much")
        _row, new = ArticleLink.objects.get_or_create(article=locked, kind=kind, target=target)
        if new:
            _note(principal, article, "article.link", **{f"link_{kind}": (None, str(target))})


def _may_change(principal: Principal, article: Article) -> None:
    principal.require("article", "edit")
    if not ARTICLE_SEEN.allows(principal, article):
        raise Forbidden


def _note(principal: Principal, article: Article, action: str, **changes: tuple[str | None, str | None]) -> None:
    record(principal, action, kind="article", object_id=article.id, changes=changes)
    announce(principal, ArticleChanged(article=article.id))


def article_of_file(
    principal: Principal, data: bytes, *, name: str, media_type: str = "", category: Category | None = None
) -> Article:
    """A draft that is called like a file and has it with it. Raises as `write_article` and `attach_file`."""
    title = clean_name(name).rpartition(".")[0] or clean_name(name)
    title = clean_line(re.sub(r"[_-]+", " ", title), max_length=200) or _("A file")
    text = TextFacts(title[:1].upper() + title[1:], _("To be written."))
    with transaction.atomic():
        article = write_article(
            principal, ArticleFacts({"it": text}, category=category.code if category else "", audience="internal")
        )
        attach_file(principal, article, data, name=name, media_type=media_type)
    return article
