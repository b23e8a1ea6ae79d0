"""Offers and applications in files of schools and colleges."""
