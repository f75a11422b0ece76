"""Pages of chats: the customer's frame and its calls, the console of colleagues, the settings."""
