"""Pages that sum the study up: matrix, co-occurrence, clusters, codebook, project."""
