package io.jenkins.plugins.promise.farm.render;

import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.WorkerType;
import io.jenkins.plugins.promise.farm.plugin.Plugin;
import io.jenkins.plugins.promise.farm.render.aws.FarmTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Makes all files of a farm; no secret is in any of them. */
public final class FarmRenderer {
    private final Farm farm;
    private final Collection<Plugin> plugins;
    private final UnaryOperator<String> agentHome;
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private FarmRenderer(Farm farm, Collection<Plugin> plugins, UnaryOperator<String> agentHome) {
        this.farm = farm;
        this.plugins = plugins;
        this.agentHome = agentHome;
    }

    /**
     * A renderer for machines, each of which is one thing.
     *
     * @param plugins all that its Jenkins gets; empty for local controllers
     */
    public FarmRenderer(Farm farm, Collection<Plugin> plugins) {
        this(farm, plugins, agent -> ServiceFiles.AGENT_HOME);
    }

    /**
     * The files of a Jenkins' farm whose machines are all the same one.
     *
     * @param plugins all that its Jenkins gets, each with its address
     */
    public static SortedMap<String, byte[]> onOneMachine(Farm farm, Collection<Plugin> plugins, OneMachine machine)
            throws IOException {
        FarmRenderer renderer = new FarmRenderer(farm, plugins, machine::agentHome);
        SortedMap<String, byte[]> files = renderer.files();
        files.put("local.env", machine.variables().getBytes(StandardCharsets.UTF_8));
        for (String script : List.of("run-controller", "run-agent")) {
            files.put("bin/" + script, resource(script).getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    /** The files by path. */
    public SortedMap<String, byte[]> files() throws IOException {
        files.clear();
        ServiceFiles services = new ServiceFiles(farm);
        put("controller/controller.service", services.controller());
        put("controller/controller.env", services.controllerEnvironment());
        script("promise-boot");
        script("promise-secrets");
        if (farm.jenkins()) {
            jenkins(services);
        }
        if (!farm.zones().isEmpty()) {
            CloudInit init = new CloudInit(resource("promise-boot"));
            put("cloud-init/controller.yaml", init.machine("controller"));
            FarmTemplate template = new FarmTemplate(farm);
            template.controllerInit(init.machine("controller"));
            if (farm.jenkins()) {
                for (String type : farm.workers().keySet()) {
                    put("cloud-init/" + type + ".yaml", init.machine(type));
                    template.workerInit(type, init.machine(type));
                }
            }
            put("aws/template.json", Documents.json(template.document()));
        }
        put("README.md", resource("README.md"));
        return new TreeMap<>(files);
    }

    private void jenkins(ServiceFiles services) throws IOException {
        put("controller/casc/jenkins.yaml", Documents.yaml(new JenkinsConfiguration(farm, agentHome).document()));
        List<Path> more = farm.controllers().configuration();
        for (int i = 0; i < more.size(); i++) {
            put("controller/casc/more-" + (i + 1) + ".yaml", Files.readString(more.get(i)));
        }
        put(
                "controller/plugins.lock",
                PluginLock.text(plugins, farm.controllers().mirror()));
        script("promise-plugins");
        script("promise-agent");
        if (!farm.zones().isEmpty()) {
            script("promise-drain");
        }
        for (WorkerType worker : farm.workers().values()) {
            String folder = "agents/" + worker.name() + "/";
            put(folder + "agent@.service", services.agent());
            put(folder + "agent.env", services.agentEnvironment(worker));
            if (!farm.zones().isEmpty()) {
                put(folder + "drain@.service", services.drain());
            }
        }
    }

    private void script(String name) throws IOException {
        put("bin/" + name, resource(name));
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = FarmRenderer.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
