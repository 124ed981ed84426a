"""Texts and pages as papers, and what is known of them beside their words."""
