"""The ways in which customers and we talk: mail, conversations, knowledge, answers."""
