package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.AbstractBuild;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The loss of an agent under a build, which is no failure of the build's work. */
final class LostAgent {
    private LostAgent() {}

    /**
     * The name of the agent that was lost under a build that has ended just now; nothing if the build ended by itself. A
     * script that has told its failure did that by itself, whatever became of the agent then.
     */
    static Optional<String> under(Run<?, ?> run) {
        if (!(run instanceof AbstractBuild<?, ?> build) || !Result.FAILURE.equals(run.getResult())) {
            return Optional.empty();
        }
        Integer exitCode = run.getAction(BuildPromiseAction.class).exitCode();
        String agent = build.getBuiltOnStr();
        boolean onAgent = agent != null && !agent.isEmpty();
        return onAgent && (exitCode == null || exitCode == 0) && gone(agent) ? Optional.of(agent) : Optional.empty();
    }

    private static boolean gone(String agent) {
        Computer computer = Jenkins.get().getComputer(agent);
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        // What waited for the agent is told before the computer is.
        return channel == null || (channel instanceof Channel open && open.isClosingOrClosed());
    }
}
