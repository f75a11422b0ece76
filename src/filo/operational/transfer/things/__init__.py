"""Files whose rows are no customers: products, and what was sold before."""
