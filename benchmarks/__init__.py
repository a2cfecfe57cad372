"""Speed figures of this machine, as ratios taken in one run where there is a peer."""
