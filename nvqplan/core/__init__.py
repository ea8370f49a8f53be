"""What all share: places, located values, findings, names, codes, units, curricula."""
