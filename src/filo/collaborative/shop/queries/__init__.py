"""What the shop reads: what is on its shelves, for how much, and what lies in carts."""
