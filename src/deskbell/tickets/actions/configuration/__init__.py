"""What an administrator shapes: categories, states, priorities, kinds, fields, reasons for waiting."""
