"""Documents to mail: drafts in an outbox, or messages sent over verified TLS, each once.

Its modules are imported one by one: a build needs only `record`, and what talks to mail servers
takes as long to start as the rest of a check.
"""
