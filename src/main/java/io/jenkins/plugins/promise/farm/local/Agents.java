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
        /** Its process, which may have ended; nothing before it was started. */
        private Optional<FarmProcess> process;
        /** When it is started; nothing while it runs, or was not yet seen to have ended. */
        private Optional<Instant> due;

        One(Wanted.Agent as, Optional<FarmProcess> process) {
            this.as = as;
            this.process = process;
            this.due = process.isPresent() ? Optional.empty() : Optional.of(Instant.MIN);
        }

        void later(Instant now, Duration lived) {
            due = Optional.of(now.plus(backoff.after(lived)));
        }

        void stop() throws InterruptedException {
            if (process.isPresent()) {
                process.get().stop();
            }
        }
    }

    /** Takes over those that a supervisor before has left. */
    void left(List<Running.Agent> before) {
        for (Running.Agent agent : before) {
            Optional<FarmProcess> process = FarmProcess.left(agent.process(), agent.begun());
            process.ifPresent(p -> all.put(agent.as().name(), new One(agent.as(), process)));
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
            one.stop();
            all.remove(one.as.name());
        }
        boolean started = false;
        for (Wanted.Agent agent : wanted) {
            started |= keep(agent);
        }
        return started || !others.isEmpty();
    }

    private boolean keep(Wanted.Agent agent) {
        One one = all.computeIfAbsent(agent.name(), name -> new One(agent, Optional.empty()));
        Instant now = Instant.now();
        if (one.due.isEmpty() && !one.process.orElseThrow().alive()) {
            LOGGER.log(Level.WARNING, "the agent {0} ended and is started again", agent.name());
            one.later(now, Duration.between(one.process.orElseThrow().begun(), now));
        }
        if (one.due.isEmpty() || now.isBefore(one.due.get())) {
            return false;
        }
        try {
            one.process = Optional.of(start(agent));
            one.due = Optional.empty();
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the agent " + agent.name() + " cannot be started; it is tried again", e);
            one.later(now, Duration.ZERO);
            return false;
        }
    }

    private FarmProcess start(Wanted.Agent agent) throws IOException {
        Files.createDirectories(folder.agentLog(agent.name()).getParent());
        return FarmProcess.start(agent.command(), Map.of(), true, folder.agentLog(agent.name()));
    }

    /** Ends all. */
    void stop() throws InterruptedException {
        for (One one : all.values()) {
            one.stop();
        }
        all.clear();
    }

    /** Those that run. */
    List<Running.Agent> running() {
        List<Running.Agent> running = new ArrayList<>();
        all.values()
                .forEach(one -> one.process.ifPresent(p -> running.add(new Running.Agent(one.as, p.pid(), p.begun()))));
        return running;
    }
}
