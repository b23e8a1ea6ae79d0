"""What young people and families may ask of the council: a copy of what is held, a correction, an objection."""
