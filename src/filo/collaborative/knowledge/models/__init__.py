"""Articles, how they are asked for, and what was asked."""

from filo.collaborative.knowledge.models.article import (
    AUDIENCES,
    LANGUAGES,
    STATES,
    Article,
    ArticleText,
    ArticleVersion,
    Phrasing,
)
from filo.collaborative.knowledge.models.asked import AskedQuestion, Vote
from filo.collaborative.knowledge.models.attached import ArticleFile, ArticleLink
from filo.collaborative.knowledge.models.category import Category
from filo.collaborative.knowledge.models.vector import ArticleMeaning

__all__ = [
    "AUDIENCES",
    "LANGUAGES",
    "STATES",
    "Article",
    "ArticleFile",
    "ArticleLink",
    "ArticleMeaning",
    "ArticleText",
    "ArticleVersion",
    "AskedQuestion",
    "Category",
    "Phrasing",
    "Vote",
]
