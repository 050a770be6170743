"""The lock: the cover over the windows, the signals that ask for it, and the way back to the same place."""
