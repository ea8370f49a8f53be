"""The legal mixes of one qualification, compiled once, and the second opinion on each of them."""
