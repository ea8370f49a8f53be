"""nvqplan: which mixes of units earn a vocational qualification, proven and explained."""

__version__ = "0.1.0"
