"""The daily work with customers: who they are, what happened with them, what is to be done."""
