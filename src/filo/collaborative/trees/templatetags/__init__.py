"""How decision trees are shown."""
