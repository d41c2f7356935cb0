#!/usr/bin/env bash
source "$PROMISE_JOB_DIR/lib/candidate.sh"

for farm in production qa; do
    step "the file of the farm $farm is wrong" promise farm check "$qa/$farm.yaml"
done
step "the components are wrong" promise component check candidate/examples/shop
for suite in examples/quote examples/qa/suite; do
    step "a rehearsal of $suite fails" promise rehearse "candidate/$suite"
done
