package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** All builds of promises that this Jenkins has queued or runs. */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class PromiseBuilds {
    /** Stops all of them. */
    public void stop(String why) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Queue.Item item : Queue.getInstance().getItems()) {
                if (item.getAction(BuildPromiseAction.class) != null) {
                    Queue.getInstance().cancel(item);
                }
            }
            Stream.of(Jenkins.get().getComputers())
                    .flatMap(PromiseBuilds::executables)
                    .filter(Run.class::isInstance)
                    .map(e -> (Run<?, ?>) e)
                    .filter(run -> run.getAction(BuildPromiseAction.class) != null)
                    .forEach(run -> JenkinsBuilds.stop(run, why));
        }
    }

    private static Stream<Queue.Executable> executables(Computer computer) {
        return Stream.concat(computer.getExecutors().stream(), computer.getOneOffExecutors().stream())
                .map(Executor::getCurrentExecutable)
                .filter(e -> e != null);
    }
}
