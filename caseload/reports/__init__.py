"""The reports that meetings read: monthly, deep dive, by school, by service, as a page and as a PDF."""
