package io.jenkins.plugins.promise.farm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The agents of a farm on this machine: each is started again when it ends, for as long as it is wanted. */
final class Agents {
    private static final Logger LOGGER = Logger.getLogger(Agents.class.getName());

    private final FarmFolder folder;
    private final Map<String, One> all = new TreeMap<>();

    Agents(FarmFolder folder) {
        this.folder = folder;
    }

    private static final class One {
        private final Wanted.Agent as;
        private final Backoff backoff = new Backoff();
        private FarmProcess process;
        private Instant again = Instant.MIN;

        One(Wanted.Agent as, FarmProcess process) {
            this.as = as;
            this.process = process;
        }
    }

    /** Takes over those that a supervisor before has left. */
    void left(List<Running.Agent> before) {
        for (Running.Agent agent : before) {
            Optional<FarmProcess> process = FarmProcess.left(agent.process(), agent.begun());
            process.ifPresent(p -> all.put(agent.as().name(), new One(agent.as(), p)));
        }
    }

    /**
     * Ends those that are wanted no more, or otherwise, and starts those that are not there.
     *
     * @return whether others run now than before
     */
    boolean keep(List<Wanted.Agent> wanted) throws InterruptedException {
        List<One> others =
                all.values().stream().filter(one -> !wanted.contains(one.as)).toList();
        for (One one : others) {
            one.process.stop();
            all.remove(one.as.name());
        }
        boolean started = false;
        for (Wanted.Agent agent : wanted) {
            started |= keep(agent);
        }
        return started || !others.isEmpty();
    }

    private boolean keep(Wanted.Agent agent) {
        try {
            return started(agent);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the agent " + agent.name() + " cannot be started; it is tried again", e);
            return false;
        }
    }

    private boolean started(Wanted.Agent agent) throws IOException {
        One one = all.get(agent.name());
        if (one == null) {
            all.put(agent.name(), new One(agent, start(agent)));
            return true;
        }
        if (one.process.alive()) {
            return false;
        }
        Instant now = Instant.now();
        if (one.again.equals(Instant.MIN)) {
            Duration wait = one.backoff.after(Duration.between(one.process.begun(), now));
            one.again = now.plus(wait);
            LOGGER.log(Level.WARNING, "the agent {0} ended and is started again", agent.name());
        }
        if (now.isBefore(one.again)) {
            return false;
        }
        one.process = start(agent);
        one.again = Instant.MIN;
        return true;
    }

    private FarmProcess start(Wanted.Agent agent) throws IOException {
        Files.createDirectories(folder.agentLog(agent.name()).getParent());
        return FarmProcess.start(agent.command(), Map.of(), true, folder.agentLog(agent.name()));
    }

    /** Ends all. */
    void stop() throws InterruptedException {
        for (One one : all.values()) {
            one.process.stop();
        }
        all.clear();
    }

    /** Those that run. */
    List<Running.Agent> running() {
        List<Running.Agent> running = new ArrayList<>();
        all.values().forEach(one -> running.add(new Running.Agent(one.as, one.process.pid(), one.process.begun())));
        return running;
    }
}
