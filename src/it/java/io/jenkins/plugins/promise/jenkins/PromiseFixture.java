package io.jenkins.plugins.promise.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.WorkerScript;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.ContractInput;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.testing.Browser;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.Keys;

/** Promise jobs on a Jenkins under test, and real HTTP to it. */
final class PromiseFixture {
    static final String TOKEN = "a-long-random-token";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JenkinsRule jenkins;
    private final HttpClient http = HttpClient.newHttpClient();

    PromiseFixture(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    static ContractInput input(String name, String type, boolean required) {
        ContractInput input = new ContractInput(name);
        input.setType(type);
        input.setRequired(required);
        return input;
    }

    static PromiseContract contract(ContractInput... inputs) {
        return new PromiseContract(new ArrayList<>(List.of(inputs)));
    }

    WorkflowJob orchestration(String name, String script, ContractInput... inputs) throws IOException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new PromiseScript(script));
        PromiseContract contract = contract(inputs);
        contract.setToken(Secret.fromString(TOKEN));
        job.addProperty(contract);
        return job;
    }

    PromiseWorker worker(String name, String script, ContractInput... inputs) throws IOException {
        PromiseWorker job = jenkins.createProject(PromiseWorker.class, name);
        job.removeProperty(PromiseContract.class);
        job.addProperty(contract(inputs));
        job.getBuildersList().replace(new WorkerScript(script));
        return job;
    }

    /** Callbacks may lead to the receiver of the test. */
    static void allowLoopback() {
        PromiseConfiguration.get().setLoopbackAllowed(true);
    }

    /** Logs the user admin in. */
    void login(Browser browser) throws Exception {
        browser.open(url("login"));
        browser.find("#j_username").sendKeys("admin");
        browser.find("#j_password").sendKeys("admin", Keys.ENTER);
        Eventually.until("it is logged in", PATIENCE, () -> browser.count("#j_username") == 0);
    }

    String url(String path) throws IOException {
        return jenkins.getURL() + path;
    }

    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, Object value, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(value)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String[] token() {
        return new String[] {"Authorization", "Bearer " + TOKEN};
    }

    /** Logs a user in by API token, which needs no crumb. */
    String[] user(String name) {
        String token = jenkins.createApiToken(User.getById(name, true));
        String credentials = Base64.getEncoder().encodeToString((name + ":" + token).getBytes());
        // What the harness takes for a crumb, where a test is not secured and API tokens are not looked at.
        return new String[] {"Authorization", "Basic " + credentials, "Jenkins-Crumb", "test"};
    }

    /** Submits with the job's token; returns the promise's id. */
    String submit(String job, String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("promises/submit/" + job, form, token());
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Json.mapper().readTree(answer.body()).path("id").asText();
    }

    JsonNode promise(String id) throws IOException, InterruptedException {
        return promise(id, token());
    }

    private JsonNode promise(String id, String... headers) throws IOException, InterruptedException {
        return Json.mapper().readTree(get("promises/" + id, headers).body());
    }

    /** Waits until a promise is settled. */
    JsonNode settled(String id) throws Exception {
        return settled(id, token());
    }

    /** Waits until a promise is settled that whoever asks may see. */
    JsonNode settled(String id, String... headers) throws Exception {
        Eventually.until(
                "the settlement of " + id, PATIENCE, () -> promise(id, headers).has("settled"));
        return promise(id, headers);
    }

    /** How many promises were accepted from outside. */
    static int accepted() {
        return controller()
                .ledger()
                .lists()
                .count(new PromiseQuery(PromiseQuery.Which.ALL, false, null, "", null, 100));
    }

    /** Why a promise ended. */
    static String reason(String id) throws Refused {
        return controller()
                .promises()
                .find(id)
                .settlement()
                .map(Progress.Settled::reason)
                .orElseThrow(() -> new AssertionError(id + " is not settled"));
    }

    static JenkinsController controller() {
        return Jenkins.get().getExtensionList(JenkinsController.class).get(0);
    }
}
