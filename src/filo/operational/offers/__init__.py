"""What we propose to a customer, picked by rules with a reason for each, and what came of it."""
