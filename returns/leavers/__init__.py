"""Leavers: told of one by one, what became of them, and how well schools and colleges tell us."""
