"""`python -m nvqplan`."""

from nvqplan.cli.main import run

run()
