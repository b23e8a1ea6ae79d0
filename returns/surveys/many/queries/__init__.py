"""Reading surveys: their links, whom they ask, how far they are, who waits to be found, what schools get back."""
