"""Measurements from outside: what the program costs, as ratios to the least it could be."""
