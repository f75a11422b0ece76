"""The flow of Mario Rossi, walked from the mail to the delivery by two browsers and a real SMTP conversation."""
