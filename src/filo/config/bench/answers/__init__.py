"""How well questions are answered, and how well those are left alone that nothing answers."""
