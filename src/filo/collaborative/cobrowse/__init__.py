"""Co-browsing: with a customer's consent a colleague sees his page, points, shows him others, fills in a form."""
