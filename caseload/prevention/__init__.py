"""Who may become NEET: who said so and why, with points as reasons, and the schools where many do."""
