"""The text pane: where the reader is, what is selected, how a row of text is drawn."""
