"""A model that proposes, and what keeps it honest in form and time."""
