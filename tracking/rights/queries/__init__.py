"""Reading requests, copies, limits of use and who opened what."""
