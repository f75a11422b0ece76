"""What is typed about oneself, about people and about roles."""
