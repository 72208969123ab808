"""The ledger, its records and locks, and verification in several processes."""
