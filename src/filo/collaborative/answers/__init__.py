"""Answers that leave by themselves, and the people who look after them."""
