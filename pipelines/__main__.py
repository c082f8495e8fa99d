"""`python -m pipelines` is `midtvejs`."""

from pipelines.cli import main

raise SystemExit(main())
