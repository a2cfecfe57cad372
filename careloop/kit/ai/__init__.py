"""Models of other makers, reached safely: masked, limited, counted, and never needed."""
