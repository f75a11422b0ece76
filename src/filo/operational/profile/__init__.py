"""What is known of a customer: facts learned in any contact, each with who said it, where, when and how surely."""
