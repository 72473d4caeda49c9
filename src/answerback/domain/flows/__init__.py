"""Flows: what is done for one customer, step by step, over minutes or months. Definitions, checks, and each step."""
