package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.InvisibleAction;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import hudson.model.UnprotectedRootAction;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** What the refusal of a build that Jenkins is asked for must not break, and what must not be refused. */
public final class RefusalTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void worker() throws Exception {
        fixture.worker("greet", "true", PromiseFixture.input("NAME", "string", true));
    }

    @Test
    public void aRefusalBreaksNoRequestForSeveralJobs() throws Exception {
        fixture.worker("second", "true");
        assertThat(fixture.get("several-jobs-hook/").statusCode()).isEqualTo(200);
        jenkins.waitUntilNoActivity();
        assertThat(PromiseFixture.accepted()).as("of the second alone").isEqualTo(1);
        assertThat(jenkins.jenkins
                        .getItemByFullName("second", PromiseWorker.class)
                        .getBuilds())
                .hasSize(1);
    }

    @Test
    public void whatATriggerGivesBesideTheInputsRefusesNothing() throws Exception {
        PromiseWorker greet = jenkins.jenkins.getItemByFullName("greet", PromiseWorker.class);
        ParametersAction given =
                new ParametersAction(new StringParameterValue("NAME", "ann"), new StringParameterValue("WHY", "night"));
        assertThat(greet.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("admin")), given))
                .as("somebody is there to be told")
                .isNull();
        jenkins.assertBuildStatusSuccess(
                greet.scheduleBuild2(0, new CauseAction(new TimerTrigger.TimerTriggerCause()), given));
        assertThat(PromiseFixture.accepted()).isEqualTo(1);
    }

    @Test
    public void whatAnotherPluginRefusesWasNotAccepted() throws Exception {
        PromiseWorker greet = jenkins.jenkins.getItemByFullName("greet", PromiseWorker.class);
        assertThat(greet.scheduleBuild2(
                        0,
                        new CauseAction(new Cause.UserIdCause("admin")),
                        new ParametersAction(new StringParameterValue("NAME", "ann")),
                        new Vetoed()))
                .isNull();
        assertThat(PromiseFixture.accepted()).isZero();
    }

    /** What {@link Veto} does not like. */
    public static final class Vetoed extends InvisibleAction {}

    /** Another plugin's handler. */
    @TestExtension("whatAnotherPluginRefusesWasNotAccepted")
    public static final class Veto extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            return actions.stream().noneMatch(Vetoed.class::isInstance);
        }
    }

    /** A webhook that has several jobs built, of which one lacks an input. */
    @TestExtension("aRefusalBreaksNoRequestForSeveralJobs")
    public static final class Hook extends InvisibleAction implements UnprotectedRootAction {
        @Override
        public String getUrlName() {
            return "several-jobs-hook";
        }

        public org.kohsuke.stapler.HttpResponse doIndex(StaplerRequest2 request) {
            try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
                for (String name : List.of("greet", "second")) {
                    Jenkins.get()
                            .getItemByFullName(name, PromiseWorker.class)
                            .scheduleBuild2(0, new CauseAction(new Cause.RemoteCause("127.0.0.1", "a push")));
                }
            }
            return HttpResponses.ok();
        }
    }
}
