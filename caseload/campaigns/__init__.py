"""A few weeks of work on one list: results day, those who left at Christmas, keeping in touch in summer."""
