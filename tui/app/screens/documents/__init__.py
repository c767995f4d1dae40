"""The page of documents: attributes, progress, bringing more in."""
