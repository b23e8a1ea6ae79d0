"""Young people, what they do, and what is known of it."""
