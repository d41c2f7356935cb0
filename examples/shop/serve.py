"""Answers with the files of an environment's folder: serve.py FOLDER PORT."""
import functools
import http.server
import sys


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told):
        pass


folder, port = sys.argv[1], int(sys.argv[2])
handler = functools.partial(Quiet, directory=folder)
http.server.ThreadingHTTPServer(("127.0.0.1", port), handler).serve_forever()
