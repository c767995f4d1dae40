"""From a file to the draft of a document; one module per format, loaded when a file asks for it."""
