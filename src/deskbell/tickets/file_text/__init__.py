"""Text inside files: parsers that run in a process of their own, which nothing hostile can outlive.

`sandbox.text_of` starts `child`, which finds out by content what a file is (`formats`) and reads it (`pdf`, `office`,
`workbook`, `plain`, `markup`). The child knows neither Django nor the database: docs/adr/0016-attachment-text.md.
"""
