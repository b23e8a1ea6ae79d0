"""Pages of the exchange of files: the council's, an establishment's, and one for who has no account."""
