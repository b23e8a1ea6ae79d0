"""What is read of a cohort: who belongs, how it stands, who is behind each number."""
