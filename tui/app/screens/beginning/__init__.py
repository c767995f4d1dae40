"""The first minute: no project yet, making one, the practice."""
