"""Companies, people and their links out of FollowTheMoney."""
