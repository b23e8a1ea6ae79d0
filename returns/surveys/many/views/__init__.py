"""Pages of surveys: those of young people, and those of the council and its schools."""
