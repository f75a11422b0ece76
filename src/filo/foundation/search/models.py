"""Folded words of everything that can be found, and the words that names are made of, for whoever mistypes them."""

from __future__ import annotations

from django.db import models

from filo.foundation.search import lookups as lookups  # the ways in which these columns are asked


class SearchText(models.Model):
    """What a thing is called: `text` holds folded words and digits only; each engine has an index over it."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_once")]


class SearchNote(models.Model):
    """What was written about a customer, in a table of its own: who looks for a name does not wade through stories."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_note_once")]


class SearchWord(models.Model):
    """A word that some name holds. `keys` are what is left of it when a letter is lost (see `spelling.py`).

    It is not unique on purpose: two who bring in the same new word at once must not wait for each other.
    """

    id = models.BigAutoField(primary_key=True)
    word = models.CharField(max_length=30, db_index=True)
    keys = models.TextField()


class SearchFill(models.Model):
    """How far the words of a kind have been made anew, by which version of the rules that make them."""

    kind = models.CharField(max_length=20, primary_key=True)
    version = models.PositiveIntegerField()
    position = models.UUIDField(null=True)
    complete = models.BooleanField(default=False)
