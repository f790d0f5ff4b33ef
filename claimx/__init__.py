"""claimx: who said what in Hindi news."""

__version__ = "0.1.0"
