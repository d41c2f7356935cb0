/** Prints what so many of something come to. */
final class Orders {
    private Orders() {}

    static long total(long cents, int quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException("an order is of at least one");
        }
        return Math.multiplyExact(cents, quantity);
    }

    public static void main(String[] arguments) {
        if (arguments[0].equals("--test")) {
            test();
        } else {
            System.out.println("total " + total(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1])));
        }
    }

    private static void test() {
        if (total(1270, 3) != 3810) {
            throw new AssertionError("three cubes come to " + total(1270, 3));
        }
        try {
            total(1270, 0);
            throw new AssertionError("an order of nothing was taken");
        } catch (IllegalArgumentException e) {
            System.out.println("orders are right");
        }
    }
}
