"""`python -m kg` is `kg`."""

from kg.cli.warden import main

main()
