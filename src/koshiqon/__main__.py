"""`python -m koshiqon` is the command `koshiqon`."""

from koshiqon.cli import main

main()
