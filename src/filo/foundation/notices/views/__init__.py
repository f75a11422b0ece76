"""Pages of notices, and of what one chooses about them."""
