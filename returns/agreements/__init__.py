"""Under what law and for what purpose data passes between the council and others, and until when (R32, R122)."""
