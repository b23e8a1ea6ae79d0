"""How many young people there should be, and how files of the national statistics office are read."""
