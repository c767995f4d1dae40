"""The use cases, and the only writer: every act is checked, applied and journaled here."""
