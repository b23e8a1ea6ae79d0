"""Making, sending and ending letters."""
