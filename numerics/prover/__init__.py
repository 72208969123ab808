"""Inequalities on boxes: enclosures, contact points, branch and bound, certificates."""
