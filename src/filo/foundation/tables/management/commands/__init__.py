"""What Django finds of commands here."""
