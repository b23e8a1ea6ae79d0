"""Invented councils with invented young people: for the demonstration, for measurements and for tests."""
