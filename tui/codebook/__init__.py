"""The codebook: keys and letters, paths in the tree, the codebook file and its three-way sync."""
