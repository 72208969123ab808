"""Trajectories, flows, random draws and experiments as frames, and what is read off them."""
