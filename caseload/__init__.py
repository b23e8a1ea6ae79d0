"""The monthly work on young people who are not in education, employment or training, or not known."""
