"""What is sent by itself: reports and lists made when they are due, for the people entitled to them."""
