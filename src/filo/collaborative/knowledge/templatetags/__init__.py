"""How articles are shown."""
