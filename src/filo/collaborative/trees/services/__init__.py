"""Verbs about decision trees."""

from filo.collaborative.trees.services.publishing import NotWalkable, publish_tree, retire_tree
from filo.collaborative.trees.services.walking import begin_walk, note_person, say_helped, take_step
from filo.collaborative.trees.services.writing import draw_state, draw_tree, remove_tree

__all__ = [
    "NotWalkable",
    "begin_walk",
    "draw_state",
    "draw_tree",
    "note_person",
    "publish_tree",
    "remove_tree",
    "retire_tree",
    "say_helped",
    "take_step",
]
