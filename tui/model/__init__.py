"""What things are: frozen values without behaviour beyond themselves; standard library only."""
