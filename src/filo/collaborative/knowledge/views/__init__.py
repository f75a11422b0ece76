"""The pages of the knowledge base: for who writes it, and for everybody."""
