"""What is refused about an account, in words of ``web/words_accounts.yml``."""

from __future__ import annotations


class AccountError(Exception):
    """Something about an account that cannot be done; ``key`` names the words that say why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
