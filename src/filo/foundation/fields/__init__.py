"""Fields of one's own: made in the page by an administrator, shown and asked for wherever an entity is."""
