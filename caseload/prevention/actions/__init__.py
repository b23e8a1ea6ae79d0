"""What people do about those who may become NEET, and about the schools where many do."""
