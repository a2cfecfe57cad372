"""The flows of a conversation: each looks at the situation and plans its part of a turn."""
