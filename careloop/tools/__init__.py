"""The hands: every write an agent, a page or an integrator can do, declared once."""
