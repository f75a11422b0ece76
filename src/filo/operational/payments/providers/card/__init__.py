"""Cards, through the hosted checkout of Stripe: the number of a card never comes to Filo."""
