"""What a form carries from page to page, signed, so that nobody but this server can have written it.

The state is readable by whoever holds the page: it is theirs. Signing keeps a form from being a way in, since what
comes back is exactly what was sent (HMAC, RFC 2104, with SHA-256).

Tampered  a state that this server did not sign, or that was changed on its way
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any


class Tampered(ValueError):
    """A state that was not signed here, or was changed since. A restarted server signs anew, too."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with one key."""

    key: bytes

    def sign(self, state: Any) -> str:  # noqa: ANN401 (whatever JSON holds)
        """A state as text for a hidden field."""
        content = urlsafe_b64encode(json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()).decode()
        return f"{content}.{self._seal(content)}"

    def read(self, signed: str) -> Any:  # noqa: ANN401
        """The state that was signed. Raises Tampered."""
        content, dot, seal = signed.rpartition(".")
        if not dot or not signed.isascii() or not hmac.compare_digest(seal, self._seal(content)):
            raise Tampered
        return json.loads(urlsafe_b64decode(content))

    def _seal(self, content: str) -> str:
        return hmac.new(self.key, content.encode(), sha256).hexdigest()


def signer(secret: str, draw: Callable[[int], bytes] = secrets.token_bytes) -> Signer:
    """A signer by a secret; by one that is drawn now where none is given."""
    return Signer(sha256(secret.encode()).digest() if secret else draw(32))
