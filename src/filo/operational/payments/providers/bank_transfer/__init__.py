"""Bank transfers: the customer is told where to and with which words; the bank's file tells that it came."""
