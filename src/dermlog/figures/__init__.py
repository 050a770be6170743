"""Drawings without any library: each is given a pen and comes out the same on screen and paper."""
