"""From raw bytes to a ticket, in named steps that explain themselves (design, section 4)."""
