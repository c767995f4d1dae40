"""What is measured: `make bench` prints one table; peers and goals stand beside our figures."""
