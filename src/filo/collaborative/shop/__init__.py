"""The shop on the public pages: what is found and put into a cart there becomes an order that is paid."""
