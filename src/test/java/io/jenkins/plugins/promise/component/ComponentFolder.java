package io.jenkins.plugins.promise.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of components that a test writes, file by file. */
public final class ComponentFolder {
    private final Path root;

    public ComponentFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public ComponentFolder file(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A component in a folder of its own; {@code more} are lines of its file. */
    public ComponentFolder component(String name, String... more) {
        return file(
                name + "/component.yaml",
                "component: " + name + "\nrepository: https://git.example/shop.git\n" + String.join("\n", more) + "\n");
    }

    /** The example of the design, as it is written there. */
    public ComponentFolder talk() {
        return file(
                        "frontend/component.yaml",
                        """
                        # frontend/component.yaml
                        component: frontend
                        about: The customer's web page.
                        repository: https://git.example/core-system.git   # default: the repository that this file lies in
                        branch: main
                        watch: [frontend/src/**]                          # default: this file's folder
                        requires: { node: 8.12.0, os: linux }
                        build: |
                          npm install
                          npm run build
                        test: npm test
                        stage: aws s3 cp --recursive build/ s3://somesite-public/release/${GIT_HASH}
                        release: heroku config:set -a ${HEROKU_APP} JAVASCRIPT_URL=https://cdn.somesite.com/release/${GIT_HASH}
                        probe: curl -fsS ${URL}/version                   # prints the commit that really runs there; optional
                        integration: npm run test:integration             # against an environment; default: test
                        produces: [build/**]
                        environments:
                          test:       { HEROKU_APP: somesite-test, URL: https://test.somesite.com }
                          production: { HEROKU_APP: somesite, URL: https://somesite.com, SECRETS: [HEROKU_KEY] }
                        depends: [platform-api, teams-api]
                        """)
                .file(
                        "environments.yaml",
                        """
                        # environments.yaml
                        test:       { integration: true, lease: 2h }
                        production: { after: test, approve: true, valid: 24h, controller: https://ci.example }
                        """)
                .component(
                        "platform-api",
                        "test: ./test.sh",
                        "release: ./release.sh",
                        "environments: { test: {}, production: {} }")
                .component(
                        "teams-api",
                        "test: ./test.sh",
                        "release: ./release.sh",
                        "environments: { test: {}, production: {} }");
    }
}
