#!/usr/bin/env python3
"""Receives reports of Promise Jobs: verifies who sent them, takes each one once, and prints it.

    SIGNING_KEYS="whsec_..." python3 receiver.py 8099

Several keys, with spaces between them, are taken while a key is being replaced. Python 3.8 or newer, nothing else.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300
MOST_BYTES = 10 * 1024 * 1024


def key(text):
    """A key as the controller holds it; an empty or half one would let anybody sign."""
    secret = base64.b64decode(text[len("whsec_"):]) if text.startswith("whsec_") else b""
    if len(secret) < 24:
        sys.exit("SIGNING_KEYS: each key is whsec_ and base64 of 24 bytes or more; the controller's are in its home,"
                 " in secrets-*/signing-keys")
    return secret


KEYS = [key(text) for text in os.environ.get("SIGNING_KEYS", "").split()] or [key("")]

seen = set()  # keep it where your work is kept: in one transaction with what a report does
lock = threading.Lock()


def genuine(headers, body):
    """As standardwebhooks.com has it: HMAC-SHA256 over id.timestamp.body, compared in constant time."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not message_id or not (timestamp.isascii() and timestamp.isdigit()):
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    content = message_id.encode() + b"." + timestamp.encode() + b"." + body
    given = headers.get("webhook-signature", "").split()
    expected = ["v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode() for key in KEYS]
    return any([hmac.compare_digest(e.encode(), g.encode()) for e in expected for g in given])


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return self.answer(413)
        body = self.rfile.read(int(length))
        if not genuine(self.headers, body):
            return self.answer(401)
        with lock:
            # The same report comes again when an answer was lost on its way: it has the same id then.
            if self.headers["webhook-id"] not in seen:
                print(json.dumps(json.loads(body)), flush=True)
                seen.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *arguments):
        """Only reports are printed."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    print("Listening on http://127.0.0.1:%d" % server.server_port, flush=True)
    server.serve_forever()
