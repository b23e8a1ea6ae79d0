"""What a report is made of, and how two months stand beside each other."""
