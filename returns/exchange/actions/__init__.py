"""What changes in the exchange of files."""
