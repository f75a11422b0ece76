"""Pages of back offices."""
