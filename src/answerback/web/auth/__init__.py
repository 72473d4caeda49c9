"""Who calls, and what they may do: sessions by cookie, tokens by header, roles as bundles of permissions."""
