#!/usr/bin/env bash
set -euo pipefail
promise submit qa-update --home "$FARMS/qa-production/home" --key "$COMMIT" \
    -i "REPOSITORY=$REPOSITORY" -i "COMMIT=$COMMIT" -i "FARMS=$FARMS"
