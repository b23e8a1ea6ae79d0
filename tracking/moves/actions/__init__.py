"""Moves as they go on: asked for, proposed, queried, accepted, taken back; and questions between councils."""
