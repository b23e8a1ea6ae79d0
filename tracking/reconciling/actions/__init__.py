"""Taking in national files, and giving addresses the district their postcode lies in."""
