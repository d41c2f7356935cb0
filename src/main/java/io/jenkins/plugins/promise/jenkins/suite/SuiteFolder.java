package io.jenkins.plugins.promise.jenkins.suite;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderDescriptor;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.VersionsFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * The deployed versions of a suite. Its page shows them folded by their common names. It can be configured, so that an
 * administrator says who may do what with the suite; it goes by itself when the last version has gone.
 */
public final class SuiteFolder extends AbstractFolder<TopLevelItem> implements VersionsFolder {
    private final String suite;

    private SuiteFolder(ItemGroup<?> parent, String name, String suite) {
        super(parent, name);
        this.suite = suite;
        init();
    }

    /**
     * Makes the folder of a suite, named as it or, where somebody has something of that name, {@code SUITE-versions}.
     *
     * @throws IOException if there is something of that name, too, or it cannot be written
     */
    public static SuiteFolder make(String suite) throws IOException {
        String name = Jenkins.get().getItemMap().containsKey(suite) ? suite + "-versions" : suite;
        if (Jenkins.get().getItemMap().containsKey(name)) {
            throw new IOException("there are items named " + suite + " and " + name + ", and the versions of the suite "
                    + suite + " need a folder of one of these names; rename one");
        }
        SuiteFolder folder = new SuiteFolder(Jenkins.get(), name, suite);
        folder.save();
        return Jenkins.get().add(folder, name);
    }

    @Override
    public String getSuite() {
        return suite;
    }

    @Override
    public TopLevelItem held(String name) {
        return items == null ? null : items.get(name);
    }

    @Override
    public List<TopLevelItem> held() {
        return items == null ? new ArrayList<>() : new ArrayList<>(items.values());
    }

    @Override
    public void put(TopLevelItem job) throws IOException {
        itemsPut(job.getName(), job);
    }

    @Override
    public void remove() throws IOException, InterruptedException {
        delete();
    }

    /**
     * The job of that name or, where it is a common name of this suite, of the version that it stands for: the step
     * {@code build}, Build Token Root, the command line and links find {@code suite/greet} as they find
     * {@code suite/greet-v3-1a2b3c4}.
     */
    @Override
    public TopLevelItem getItem(String name) {
        TopLevelItem item = super.getItem(name);
        JenkinsController controller = JenkinsController.get();
        return item != null || !controller.started()
                ? item
                : controller
                        .versions()
                        .index()
                        .latestOf(name)
                        .map(super::getItem)
                        .orElse(null);
    }

    @Override
    public ACL getACL() {
        return new SuiteAcl(super.getACL());
    }

    /** It is found by its suite, and links to what is in it are kept in reports. */
    @Override
    public boolean isNameEditable() {
        return false;
    }

    /** What its page shows. */
    public SuitePage getPage() {
        return new SuitePage(JenkinsController.get(), this);
    }

    /** The script of the version that the request names, as it runs. */
    @GET
    public HttpResponse doScript(@QueryParameter(required = true) String version) throws IOException {
        return new VersionScript(JenkinsController.get(), held(version)).answer();
    }

    /** Lets a common name stand for one of its versions again. */
    @POST
    public HttpResponse doRollback(
            @QueryParameter(required = true) String name, @QueryParameter(required = true) String to) {
        return new SuiteChanges(JenkinsController.get(), this).rollback(name, to);
    }

    /** Has nothing of a version started until it is resumed. */
    @POST
    public HttpResponse doPause(@QueryParameter(required = true) String version) {
        return new SuiteChanges(JenkinsController.get(), this).pause(version);
    }

    /** Has a version started again. */
    @POST
    public HttpResponse doResume(@QueryParameter(required = true) String version) {
        return new SuiteChanges(JenkinsController.get(), this).resume(version);
    }

    /** Removes versions that nothing needs, of all suites. */
    @POST
    public HttpResponse doPrune(@QueryParameter(required = true) String olderThan) {
        return new SuiteChanges(JenkinsController.get(), this).prune(olderThan);
    }

    /** Not offered in New Item: only a deployment makes such folders. */
    @Extension(optional = true)
    public static final class DescriptorImpl extends AbstractFolderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.SuiteFolder_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicableIn(ItemGroup parent) {
            return false;
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new SuiteFolder(parent, name, name);
        }
    }
}
