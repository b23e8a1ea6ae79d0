"""Pages of the year's plan, the posts, and the set-up of a council."""
