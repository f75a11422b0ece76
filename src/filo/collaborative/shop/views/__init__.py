"""Pages of the shop, and its settings."""
