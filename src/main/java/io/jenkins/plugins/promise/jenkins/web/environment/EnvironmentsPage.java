package io.jenkins.plugins.promise.jenkins.web.environment;

import io.jenkins.plugins.promise.environment.view.EnvironmentCard;
import io.jenkins.plugins.promise.environment.view.EnvironmentGrid;
import java.util.List;

/** The page of all environments: what is where since when, what is on its way, and what holds it up. */
public final class EnvironmentsPage {
    private final EnvironmentGrid grid;

    EnvironmentsPage(EnvironmentGrid grid) {
        this.grid = grid;
    }

    /** The environments, in their declared order. */
    public List<EnvironmentCard> getColumns() {
        return grid.columns();
    }

    /** The components, with what each environment has of it. */
    public List<EnvironmentGrid.Row> getRows() {
        return grid.rows();
    }

    /** What whoever looks at it may do. */
    public Allowed getAllowed() {
        return new Allowed();
    }
}
