"""Days and times as texts say them."""
