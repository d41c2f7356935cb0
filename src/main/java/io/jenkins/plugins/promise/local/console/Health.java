package io.jenkins.plugins.promise.local.console;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.controllers.OtherController;
import io.jenkins.plugins.promise.ledger.database.LedgerLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the page of the controller's health shows.
 *
 * @param host what its machine does
 * @param open how many promises are open, of all controllers
 * @param waiting how many of its promises wait for a build, by lane
 * @param shared whether other controllers use the ledger too
 * @param load what it has written
 * @param setAside how many promises cannot be read
 * @param self which run of which controller it is
 * @param others the controllers beside it
 */
public record Health(
        HostLoad host,
        int open,
        Map<String, Integer> waiting,
        boolean shared,
        LedgerLoad load,
        int setAside,
        ControllerIdentity self,
        List<OtherController> others) {

    /** Copies what it is given. */
    public Health {
        waiting = new TreeMap<>(waiting);
        others = new ArrayList<>(others);
    }
}
