"""Prints what a product costs, in cents."""
import json
import pathlib
import sys


def price(name, products):
    for product in products:
        if product["name"] == name:
            return product["cents"]
    raise LookupError(f"the shop sells no {name}")


if __name__ == "__main__":
    catalog = pathlib.Path(__file__).with_name("products.json")
    try:
        print(price(sys.argv[1], json.loads(catalog.read_text(encoding="utf-8"))))
    except LookupError as unknown:
        sys.exit(str(unknown))
