"""Pages of looking together: the customer's side under /p/live, the colleague's beside his chats."""
