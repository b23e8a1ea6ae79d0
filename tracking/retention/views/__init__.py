"""Pages of keeping, erasing and breaches."""
