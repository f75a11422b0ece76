"""The pages of a customer's area."""
