"""One turn of a conversation: context, loop, guardrails, hand-off."""
