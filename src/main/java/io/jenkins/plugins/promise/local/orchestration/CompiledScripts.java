package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts of the orchestrations that are deployed, each compiled once. */
public final class CompiledScripts {
    private final VersionStore versions;
    private final OrchestrationCompiler compiler;
    private final Map<String, CompiledScript> scripts = new ConcurrentHashMap<>();

    /** Compiles what these versions hold, when it is asked for. */
    public CompiledScripts(VersionStore versions, OrchestrationCompiler compiler) {
        this.versions = versions;
        this.compiler = compiler;
    }

    CompiledScript of(Deployed deployed) throws IOException, ScriptErrors {
        CompiledScript known = scripts.get(deployed.version());
        if (known != null) {
            return known;
        }
        scripts.keySet().removeIf(version -> versions.resolve(version).isEmpty());
        CompiledScript compiled = compiler.compile(versions.source(deployed));
        CompiledScript before = scripts.putIfAbsent(deployed.version(), compiled);
        return before == null ? compiled : before;
    }
}
