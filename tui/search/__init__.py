"""Finding passages: what a query means, which words it reaches, what comes first."""
