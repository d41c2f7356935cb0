"""Says what is wrong with a list of products."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    products = json.load(file)
names = [product["name"] for product in products]
wrong = [f"{name} is there twice" for name in sorted(set(names)) if names.count(name) > 1]
wrong += [f"{p['name']} costs {p['cents']!r}" for p in products if type(p["cents"]) is not int or p["cents"] <= 0]
print("\n".join(wrong) or f"{len(names)} products")
sys.exit(1 if wrong else 0)
