#!/usr/bin/env bash
# Makes the shop's repository anew: as it is in this folder, then with a better and with a breaking prices-api.
set -euo pipefail
shop=/tmp/promise-shop
rm -rf "$shop"
mkdir -p "$shop/repository" "$shop/test" "$shop/production"
cd "$shop/repository"
git init -q -b main .
for part in release.sh stage.sh serve.py catalog orders-api prices-api web; do
    cp -r "$PROMISE_JOB_DIR/$part" .
done

commit() {
    git add -A
    git -c user.name=shop -c user.email=shop@example.com -c commit.gpgsign=false commit -qm "$1"
    git rev-parse HEAD
}

first=$(commit "The shop opens")
sed -i 's/product\["name"\] == name:/product["name"] == name.lower():/' prices-api/prices.py
better=$(commit "Names of products may be written in any way")
sed -i 's/return product\["cents"\]/return product["cents"] \/ 100/' prices-api/prices.py
sed -i 's/, 1270)/, 12.7)/' prices-api/test_prices.py
breaking=$(commit "Prices are in dollars")
printf '{"status": "SUCCESS", "reason": "three commits", "data": {"first": "%s", "better": "%s", "breaking": "%s"}}\n' \
    "$first" "$better" "$breaking" > "$WORKSPACE/report.json"
