package io.jenkins.plugins.promise.suite.script;

import java.util.regex.Pattern;

/** The variables that nobody's script has to set: a host sets them for each build, or a machine usually has them. */
public final class HostVariables {
    private static final Pattern NAMES = Pattern.compile(
            "(PROMISE|BUILD|JOB|NODE|RUN|JENKINS|HUDSON|SVN|CHANGE|TAG|STAGE|WORKSPACE|LC|XDG|SSH|AWS|AZURE|GOOGLE|DOCKER|KUBERNETES)_\\w+"
                    + "|GIT_(BRANCH|COMMIT|DIR|LOCAL_BRANCH|SSH|TERMINAL_PROMPT|URL|WORK_TREE|(AUTHOR|COMMITTER|CONFIG|PREVIOUS)_\\w+)"
                    + "|BRANCH_(NAME|IS_PRIMARY)|EXECUTOR_NUMBER|WORKSPACE|CI|PATH|HOME|LANG|TERM|TMPDIR|TZ|USER|LOGNAME|SHELL"
                    + "|PWD|HOSTNAME|DISPLAY|(JAVA|MAVEN|M2|GRADLE|ANDROID|CARGO|NVM|PYENV)_HOME|M2|GOPATH|GOROOT|KUBECONFIG"
                    + "|VIRTUAL_ENV|(https?|no|ftp|all)_proxy|(HTTPS?|NO|FTP|ALL)_PROXY");

    private HostVariables() {}

    /** Whether one is. */
    public static boolean has(String name) {
        return NAMES.matcher(name).matches();
    }
}
