"""Pages about colleagues, schools and the council's own places."""
