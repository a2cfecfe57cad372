"""Login through the company's own identity provider (OpenID Connect)."""
