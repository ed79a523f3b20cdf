"""Measurements from outside: what the program costs, as ratios to a bare Textual app."""
