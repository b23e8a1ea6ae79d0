"""Finding out what those do of whom nobody knows it: whom to call next, what was tried, who said what."""
