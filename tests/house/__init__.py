"""The house's own order: tests about the code and the pages as a whole."""
