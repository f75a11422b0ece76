"""Pages of products, stock and catalogues."""
