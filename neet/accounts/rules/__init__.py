"""Plain rules of signing in: one-time codes, and which passwords are too easy."""
