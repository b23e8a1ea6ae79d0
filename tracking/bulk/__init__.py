"""One change to many young people at once: chosen, looked at, confirmed, done, and taken back if need be."""
