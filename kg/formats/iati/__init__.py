"""Results of development projects, by IATI."""
