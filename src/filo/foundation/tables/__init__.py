"""How a database gets its tables: a topic's together, and a new database's all at once."""
