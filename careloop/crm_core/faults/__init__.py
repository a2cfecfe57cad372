"""The fault library: what fails, how it shows, why, and what mends it - with the proof."""
