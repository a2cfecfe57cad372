"""The demo company: data and knowledge, loaded by `careloop demo`."""
