package io.jenkins.plugins.promise.farm.render;

import com.google.common.base.Strings;
import io.jenkins.plugins.promise.farm.Farm;
import java.net.URI;
import java.nio.file.Path;

/**
 * The machine that all machines of a farm are.
 *
 * @param folder what everything of the farm lies in
 * @param javaBin the folder of the program {@code java}
 * @param jenkins which {@code jenkins.war} it is: a folder of that name below {@code mirror/war} has it
 * @param address where the controller is reached
 */
public record OneMachine(Path folder, Path javaBin, String jenkins, URI address) {
    private static final int HTTP = 80;

    /** That of a farm. */
    public static OneMachine of(Farm farm, Path folder, Path javaBin, String jenkins) {
        return new OneMachine(folder, javaBin, jenkins, farm.address());
    }

    /** The folder of the agents, each of which has one of its own there. */
    public Path agents() {
        return folder.resolve("agents");
    }

    String agentHome(String agent) {
        return agents().resolve(agent).toString();
    }

    /** What is another here than on machines of their own, as bash reads it. */
    String variables() {
        String path = Strings.nullToEmpty(address.getPath()).replaceFirst("/+$", "");
        return new EnvironmentFile()
                .set("SECRETS", folder.resolve("secrets").toString())
                .set("JENKINS_HOME", folder.resolve("home").toString())
                .set("JENKINS_VERSION", jenkins)
                .set("MIRROR", folder.resolve("mirror").toUri().toString().replaceFirst("/+$", ""))
                .set("WEBROOT", folder.resolve("war").toString())
                .set("LISTEN", address.getHost())
                .set("PORT", Integer.toString(address.getPort() < 0 ? HTTP : address.getPort()))
                .set("PREFIX", path)
                .set(
                        "JAVA_OPTS",
                        "-Djava.awt.headless=true -Djenkins.install.runSetupWizard=false -XX:MaxRAMPercentage=25")
                .set("JAVA_BIN", javaBin.toString())
                .set("AGENTS", agents().toString())
                .text();
    }
}
