#!/usr/bin/env bash
source "$PROMISE_JOB_DIR/lib/candidate.sh"

step "a functional case fails" promise drive candidate/examples/quote --home "$FARM_HOME/home" --count "$COUNT" \
    --rate 2 --within 3m
{
    printf '{"reason": "%s submissions, each as its case expects", "data": {' "$COUNT"
    sed -nE 's/^([a-z][a-z ]*[a-z]) {2,}(.*[^ ]) *$/"\1": "\2"/p' said | paste -sd,
    printf '}}'
} > report.json
cat report.json
