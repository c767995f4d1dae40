"""Numbers from codings: pure functions over plain values, each with the source of its formula."""
