"""What is done about keeping and erasing."""
