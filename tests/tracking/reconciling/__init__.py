"""Is everybody here: estimates, postcodes, lists."""
