"""What turns passages and questions into vectors, all optional; see `kit.ai.ports.Embedder`."""
