package io.jenkins.plugins.promise.cli.ending;

/** What is done if the process is ended in the middle, by Ctrl-C or an init system. Closed, it is not done any more. */
public final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** That is done then, beside what others have done then; at once if the process is ending already. */
    public static Interruption then(Runnable act) {
        Thread hook = new Thread(act, "promise-interrupted");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            act.run();
        }
        return new Interruption(hook);
    }

    /** Whether the process is ending in the middle: what fails now is nothing to tell anybody of. */
    public static boolean happening() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread(() -> {}));
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: it is being done.
        }
    }
}
