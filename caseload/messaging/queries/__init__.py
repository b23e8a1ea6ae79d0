"""Reading for messages to many."""
