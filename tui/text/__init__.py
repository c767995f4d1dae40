"""How text is cut: characters, words, sentences, passages, and what is safe to draw."""
