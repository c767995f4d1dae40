"""The only SQL of the program: where projects lie, how they are opened, read and written."""
