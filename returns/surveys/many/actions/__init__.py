"""Doing with surveys: planning them, taking answers, finding who answered, and what follows in the register."""
