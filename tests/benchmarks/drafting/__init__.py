"""How well drafting reads: proposals held against gold texts, beside the nearest tools."""
