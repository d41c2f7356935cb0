#!/usr/bin/env bash
# A tiny server for each environment, as long as the shop is open.
set -euo pipefail
shop=/tmp/promise-shop
python3 "$PROMISE_JOB_DIR/serve.py" "$shop/test" 18071 &
python3 "$PROMISE_JOB_DIR/serve.py" "$shop/production" 18072 &
until [ -e "$shop/closed" ]; do
    sleep 0.2
done
