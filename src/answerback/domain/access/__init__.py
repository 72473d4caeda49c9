"""Roles, permissions and token scopes: who may do what, as tables."""
