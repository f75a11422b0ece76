"""Small questions that the templates of requests ask."""
