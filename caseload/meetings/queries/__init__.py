"""Reading meetings: which are whose, the agenda as its reader sees it, what was decided, what is missing."""
