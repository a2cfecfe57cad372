"""Reading text: languages, tokens, identifiers, model names, concepts. Pure, no database."""
