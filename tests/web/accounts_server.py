"""A stranger's server of accounts, as OpenID Connect has it: it lets in whoever it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def accounts_server(claims: dict[str, Any]) -> Iterator[str]:
    """Its address. ``claims``: whom it says to have let in."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(claims))
    address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(claims: dict[str, Any]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = f"http://{self.headers['Host']}"
            if self.path == "/.well-known/openid-configuration":
                self._say({
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                })  # fmt: skip
            elif self.headers.get("Authorization") == "Bearer token":
                self._say(claims)
            else:
                self.send_error(401)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if "code=good" in body and "code_verifier=" in body:
                self._say({"access_token": "token", "token_type": "Bearer"})
            else:
                self.send_error(400)

        def _say(self, told: dict[str, Any]) -> None:
            text = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the tests need no log."""

    return Handler
