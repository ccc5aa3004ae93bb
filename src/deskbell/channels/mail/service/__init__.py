"""The long-running part: reading mailboxes, listening for SMTP and LMTP."""
