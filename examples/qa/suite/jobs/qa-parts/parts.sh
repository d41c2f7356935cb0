#!/usr/bin/env bash
source "$PROMISE_JOB_DIR/lib/candidate.sh"

step "the recipes cannot be rendered" promise farm render "$qa/production.yaml" --out recipes
step "the suite quote cannot be compiled" promise compile candidate/examples/quote --out quote.zip
step "the suite of the shop cannot be compiled" promise compile --components candidate/examples/shop --out shop.zip
step "the suite qa cannot be compiled" promise compile "$qa/suite" --out qa.zip

sum() {
    sha256sum | cut -d' ' -f1
}
printf '{"reason": "4 parts", "data": {"recipes": "%s", "quote": "%s", "shop": "%s", "qa": "%s"}}' \
    "$(cd recipes && find . -type f -print0 | sort -z | xargs -0 sha256sum | sum)" \
    "$(sum < quote.zip)" "$(sum < shop.zip)" "$(sum < qa.zip)" > report.json
cat report.json
