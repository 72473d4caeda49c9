"""Campaigns, pure: their states, who gets which words, how fast they may go, and when to stop by themselves."""
