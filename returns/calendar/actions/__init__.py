"""Asking for returns, saying what became of one, and writing to those concerned."""
