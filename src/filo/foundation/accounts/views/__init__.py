"""The pages about oneself, and about people, roles and the door."""
