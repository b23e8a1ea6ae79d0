"""Pages of reviewing and of handing lists out."""
