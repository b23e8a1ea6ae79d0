"""What people type about young people, and the filters of their lists."""
