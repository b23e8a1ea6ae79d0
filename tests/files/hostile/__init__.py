"""Files as people and attackers send them, made when a test asks, each with the verdict the reader must come to."""
