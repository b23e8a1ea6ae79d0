"""The council's pages of returns."""
