"""Pages of fields."""
