"""What the firm knows: articles with the questions that they answer, for customers and for colleagues."""
