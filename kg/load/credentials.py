"""Who loads: a user and password or a token, from the environment only, and never shown."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

import httpx

from kg.errors import SettingsError

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is sent to the store that asks for it; empty for none. The password and token are in no ``repr``."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """From ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``, or ``KG_STORE_TOKEN``.

        Raises ``SettingsError`` where only one of the pair is set, where both ways are, or for a character that no
        header may hold.
        """
        found = cls(*(environment.get(name, "") for name in (USER, PASSWORD, TOKEN)))
        if bool(found.user) != bool(found.password):
            missing, there = (PASSWORD, USER) if found.user else (USER, PASSWORD)
            raise SettingsError(f"{there} is set but {missing} is not")
        if found.token and found.user:
            raise SettingsError(f"{TOKEN} and {USER} are both set: which of them?")
        if not (found.token.isascii() and found.token.isprintable()):
            raise SettingsError(f"{TOKEN}: holds a character that a token cannot have")
        return found

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def auth(self) -> httpx.Auth | None:
        """How to answer the store that asks."""
        if self.token:
            return _Bearer(self.token)
        return _Challenged(self.user, self.password) if self.user else None

    def hide(self, text: str) -> str:
        """The text without the password and the token, whoever put them there."""
        for secret in (self.password, self.token):
            text = text.replace(secret, "***") if secret else text
        return text


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class _Challenged(httpx.Auth):
    """Sends nothing before it is asked; then answers by digest (RFC 7616) where that is offered, else by basic."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._scheme: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._scheme is None:
            response = yield request
            if response.status_code != 401:
                return
            offered = response.headers.get("www-authenticate", "").casefold()
            scheme = httpx.DigestAuth if "digest" in offered else httpx.BasicAuth
            self._scheme = scheme(self._user, self._password)
        yield from self._scheme.auth_flow(request)
