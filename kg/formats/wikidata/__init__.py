"""Items of Wikidata as things, with what they say of each other."""
