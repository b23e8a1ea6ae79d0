"""Pages of the at-risk list, of the points, and of the schools a team works with."""
