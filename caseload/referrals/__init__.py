"""One service asks another to take a young person on, and is answered in time (R69)."""
