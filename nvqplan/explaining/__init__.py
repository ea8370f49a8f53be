"""What a code, a unit or a qualification is, and how it stands in all legal mixes."""
