"""The page of segments: every passage of a code, in all documents."""
