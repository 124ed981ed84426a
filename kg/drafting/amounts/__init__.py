"""Numbers as texts say them."""
