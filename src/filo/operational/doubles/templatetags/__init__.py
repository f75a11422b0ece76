"""How likely, in templates."""
