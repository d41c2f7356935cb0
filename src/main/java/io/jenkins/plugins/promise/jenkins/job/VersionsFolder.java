package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import java.io.IOException;
import java.util.List;

/** A folder of the deployed versions of a suite, and of nothing else: nobody but this plugin puts anything into it. */
public interface VersionsFolder extends ItemGroup<TopLevelItem> {
    /** The suite whose versions it holds. */
    String getSuite();

    /** The item of that name, whoever asks; null if it is not here. */
    TopLevelItem held(String name);

    /** All that is in it, whoever asks. */
    List<TopLevelItem> held();

    /** Takes a job that was made for it. */
    void put(TopLevelItem job) throws IOException;

    /** Removes the folder itself, which has to be empty. */
    void remove() throws IOException, InterruptedException;
}
