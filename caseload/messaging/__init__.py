"""Messages to many young people at once: seen before they go, never too many, and anybody may say stop."""
