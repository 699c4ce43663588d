"""The sample company: who its customers are, what they do, and what goes wrong in its data."""
