"""Whom a survey is about, what they did on its day, how far it is, and what schools are told of it."""
