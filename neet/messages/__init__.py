"""The outbox of e-mails, texts and letters."""
