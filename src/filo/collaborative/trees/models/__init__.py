"""Decision trees, what was published of them, and how they were walked."""

from filo.collaborative.trees.models.tree import ALLOWED, AUDIENCES, DecisionTree, TreeVersion
from filo.collaborative.trees.models.walk import CHANNELS, TreeStep, TreeWalk

__all__ = ["ALLOWED", "AUDIENCES", "CHANNELS", "DecisionTree", "TreeStep", "TreeVersion", "TreeWalk"]
