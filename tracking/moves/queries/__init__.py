"""Reading moves: those one may know of, what is handed over, who is meant, and what other councils know."""
