"""Whom to call next and why, and by when somebody should have been spoken to."""
