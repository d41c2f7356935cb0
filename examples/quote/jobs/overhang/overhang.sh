#!/usr/bin/env bash
exec bash "$PROMISE_JOB_DIR/lib/stl-worker.sh" Overhang
