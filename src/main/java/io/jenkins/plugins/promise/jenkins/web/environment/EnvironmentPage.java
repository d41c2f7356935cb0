package io.jenkins.plugins.promise.jenkins.web.environment;

import io.jenkins.plugins.promise.environment.view.EnvironmentCard;
import io.jenkins.plugins.promise.environment.view.EnvironmentHistory;
import java.util.List;

/** The page of one environment: what is there, and what was. */
public final class EnvironmentPage {
    private final EnvironmentHistory history;

    EnvironmentPage(EnvironmentHistory history) {
        this.history = history;
    }

    /** What is told of it now. */
    public EnvironmentCard getCard() {
        return history.card();
    }

    /** What was there, the latest first. */
    public List<EnvironmentHistory.Line> getLines() {
        return history.lines();
    }

    /** Whether there was more before the last of them. */
    public boolean isMore() {
        return history.more();
    }

    /** What whoever looks at it may do. */
    public Allowed getAllowed() {
        return new Allowed();
    }
}
