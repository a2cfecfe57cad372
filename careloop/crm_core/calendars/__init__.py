"""Business calendars: when work is done, and when it rests."""
