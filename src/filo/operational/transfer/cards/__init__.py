"""Address books: the cards of vCard 2.1, 3.0 and 4.0, jCard and xCard, and the table they become."""
