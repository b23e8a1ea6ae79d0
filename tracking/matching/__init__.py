"""Who is who: candidates, scores and explanations."""
