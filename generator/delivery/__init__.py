"""Documents to mail: drafts in an outbox, or messages sent over verified TLS, each once."""
