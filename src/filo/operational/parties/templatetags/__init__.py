"""Tags of the customer pages."""
