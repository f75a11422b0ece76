"""A customer's own area: his orders, invoices, requests, what we know of him, and his data."""
