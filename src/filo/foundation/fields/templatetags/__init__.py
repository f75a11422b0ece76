"""Questions that templates ask about fields."""
