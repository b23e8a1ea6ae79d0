"""Invents the monthly work on cases of an invented register."""
