"""Invented returns of an invented register, so that every page and queue of a demonstration has something in it."""
