"""How quotes are shown."""
