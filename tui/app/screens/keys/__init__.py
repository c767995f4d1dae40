"""Keys looked up, acts run by name, keys changed."""
