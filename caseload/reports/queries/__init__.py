"""Counting what reports say, by the same functions as the figures' own pages."""
