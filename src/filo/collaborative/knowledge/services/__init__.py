"""Verbs about articles."""

from filo.collaborative.knowledge.drafts import ArticleFacts, TextFacts
from filo.collaborative.knowledge.services.asking import note_question, vote
from filo.collaborative.knowledge.services.attaching import (
    article_of_file,
    attach_file,
    detach_file,
    link_article,
    link_ticket,
    read_attached,
    unlink,
)
from filo.collaborative.knowledge.services.learning import add_phrasing, remove_phrasing
from filo.collaborative.knowledge.services.publishing import ask_for_check, back_to_draft, publish, retire
from filo.collaborative.knowledge.services.shelving import move_articles, remove_category, save_category
from filo.collaborative.knowledge.services.writing import article_of_ticket, restore_version, write_article

__all__ = [
    "ArticleFacts",
    "TextFacts",
    "add_phrasing",
    "article_of_file",
    "article_of_ticket",
    "ask_for_check",
    "attach_file",
    "back_to_draft",
    "detach_file",
    "link_article",
    "link_ticket",
    "move_articles",
    "note_question",
    "publish",
    "read_attached",
    "remove_category",
    "remove_phrasing",
    "restore_version",
    "retire",
    "save_category",
    "unlink",
    "vote",
    "write_article",
]
