"""Finding who stands on a register twice, saying who is who, putting together and taking apart."""
