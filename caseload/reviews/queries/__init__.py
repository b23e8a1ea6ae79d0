"""Reading reviews: what was said last, who is not reviewed yet, whose list it is."""

from caseload.reviews.queries.counting import breaches, latest_review, latest_reviews, standing, unreviewed

__all__ = ["breaches", "latest_review", "latest_reviews", "standing", "unreviewed"]
