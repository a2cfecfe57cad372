"""Rules that act by themselves: when something happens, if it is so, then do this."""
