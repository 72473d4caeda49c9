"""Calls on the numbers that are texted: what a number does with a call, how calls end, and who is texted back."""
