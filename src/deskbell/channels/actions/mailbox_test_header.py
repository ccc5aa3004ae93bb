"""The header by which the message of a mailbox test is known when it comes home."""

TEST_HEADER = "X-Deskbell-Test"
