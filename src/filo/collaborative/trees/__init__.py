"""Decision trees: questions and their answers that lead to an article, a message, a request or a person."""
