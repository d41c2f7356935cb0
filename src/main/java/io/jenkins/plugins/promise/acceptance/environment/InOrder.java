package io.jenkins.plugins.promise.acceptance.environment;

import java.util.concurrent.Executor;

/** Does what is to be done for one orchestration, one thing after the other. */
public interface InOrder extends Executor {
    /** Does something in a while, as {@link #execute} does. */
    void later(Runnable task, long millis);
}
