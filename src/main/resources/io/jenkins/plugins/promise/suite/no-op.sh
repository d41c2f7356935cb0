# A no-op worker: it answers with its canned report instead of working.
cp "$PROMISE_JOB_DIR/no-op.json" report.json
