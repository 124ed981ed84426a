"""Tables of climate targets: carbon performance, science based targets, net zero."""
