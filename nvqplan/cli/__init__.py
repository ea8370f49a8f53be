"""Reads the command line: one module a command, imported when it is called."""

import gc

gc.set_threshold(100_000)  # a run is short: looking for cycles costs more than they hold
