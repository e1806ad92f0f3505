"""Which plans rival the proposal, what they are worth, and when is chosen between them: what the time line waits for."""
