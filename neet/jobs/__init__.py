"""Long work as rows: state, progress, fencing, sweep."""
