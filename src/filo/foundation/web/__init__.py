"""How pages are made: layout, components, icons, slots, and one place where errors become pages."""
