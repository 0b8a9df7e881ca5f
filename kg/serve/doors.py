"""What every request passes: whether it is meant for this server, and the headers that bound what a page may do."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import ServeSettings

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHARED = "/reconcile"
"""Below here pages of the allowed origins may read and frame what others may not."""


class Doors:
    """An ASGI middleware. By a foreign ``Host`` a page elsewhere would reach a server on loopback (DNS rebinding)."""

    def __init__(self, app: ASGIApp, settings: ServeSettings) -> None:
        self._app = app
        self._hosts = settings.hosts
        self._origins = frozenset(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self._hosts:
            refusal = PlainTextResponse("This server does not go by that name (kg serve --name adds one)\n", 421)
            return await refusal(scope, receive, send)
        origin = headers.get("origin", "")
        shared = scope["path"].split("/")[1:2] in (["reconcile"], ["sparql"])

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mark(MutableHeaders(scope=message), scope["path"], origin if shared else "")
            await send(message)

        await self._app(scope, receive, sent)

    def _mark(self, headers: MutableHeaders, path: str, origin: str) -> None:
        framed = path.startswith(SHARED) and self._origins
        headers.update(_HEADERS)
        headers["Content-Security-Policy"] = _POLICY.format(
            frames=" ".join(sorted(self._origins)) if framed else "'none'"
        )
        if origin in self._origins:
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Allow-Headers"] = "Content-Type"
            headers.add_vary_header("Origin")


def host_name(header: str) -> str:
    """The name in a ``Host`` header, without the port: ``::1`` of ``[::1]:7878``."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower().rstrip(".")
