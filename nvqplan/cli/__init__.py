"""Reads the command line: one module a command, imported when it is called."""

import atexit
import gc

gc.set_threshold(100_000)  # a run is short: looking for cycles costs more than they hold
atexit.register(gc.freeze)  # nor are they looked for when it ends, and all memory goes at once
