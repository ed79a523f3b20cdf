"""`python -m backcoach`."""

from backcoach.cli.main import main

if __name__ == "__main__":
    main()
