import unittest

from prices import price

PRODUCTS = [{"name": "cube", "cents": 1270}]


class PricesTest(unittest.TestCase):
    def test_tells_the_price(self):
        self.assertEqual(price("cube", PRODUCTS), 1270)

    def test_knows_what_is_not_sold(self):
        with self.assertRaisesRegex(LookupError, "no sphere"):
            price("sphere", PRODUCTS)


if __name__ == "__main__":
    unittest.main()
