"""Reading the plan of the year and the posts."""
