#!/usr/bin/env bash
source "$PROMISE_JOB_DIR/lib/candidate.sh"

farm=("$qa/$FILE" --home "$FARM_HOME")
if [ -n "$NAME" ]; then
    farm+=(--name "$NAME" --address "$ADDRESS")
fi
before=
if [ "$ANEW" = true ]; then
    step "what was there cannot be taken down" promise farm down "${farm[@]}" --force
elif [ -f "$FARM_HOME/commit" ]; then
    before=$(cat "$FARM_HOME/commit")
fi
step "$FILE does not come up" promise farm up "${farm[@]}" --local
echo "$COMMIT" > "$FARM_HOME/commit"
printf '{"reason": "%s is up", "data": {"commit": "%s", "before": "%s"}}' "$FILE" "$COMMIT" "$before" > report.json
