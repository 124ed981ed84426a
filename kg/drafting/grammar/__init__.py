"""The grammar of plans: what a text says, as proposed statements."""
