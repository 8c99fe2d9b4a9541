"""The side-by-side measurement; start reading at `__main__`, then `rows`."""
