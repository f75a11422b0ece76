"""A site of a few lines, which the real process tree serves: its promises without the product's pages."""
