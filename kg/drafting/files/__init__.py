"""Sources as files: written, changed at their places, and reviewed."""
