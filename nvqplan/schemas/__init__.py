"""JSON Schemas of the files that people write, made from the rulebook in force.

A schema accepts what the readers accept, as far as JSON knows what they know: docs/schemas.md says
precisely where it ends, and tests hold both against each other on thousands of spoilt files.
"""
