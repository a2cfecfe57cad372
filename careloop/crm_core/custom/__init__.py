"""Fields, forms and ticket types that a maker adds without code, and the values of its fields."""
