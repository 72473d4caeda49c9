"""The customers' side: the phones page, its API and the admin API for tests and the demo."""
