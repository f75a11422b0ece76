"""Pages about parties, by what people do on them."""
