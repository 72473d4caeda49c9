"""The carriers and the phones, for development and tests: speaks HTTP only, imports nothing of answerback."""
