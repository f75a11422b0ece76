"""Chat: a customer speaks with a person, on our pages or on any site that carries our script."""
