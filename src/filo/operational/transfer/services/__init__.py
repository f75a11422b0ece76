"""The verbs of imports."""
