"""Lists that no school sends: brought in by the council, and held against the register."""
